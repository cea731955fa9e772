// Call-frame information as GNU readelf decodes it: rules by column number, which need no names of registers.

/// What holds at one place of a function.
struct FrameRules: Hashable {
  var cfaColumn: Int?
  var cfaOffset = 0
  /// Bytes from the CFA, by column; a register without is in itself.
  var offsets: [Int: Int] = [:]
  var returnAddressColumn = -1
}

/// One function's rules.
struct FrameFunction {
  let byteCount: Int
  /// By bytes from the function's start, ascending.
  private(set) var rows: [(start: Int, rules: FrameRules)]

  func rules(at offset: Int) -> FrameRules { rows.last { $0.start <= offset }!.rules }

  struct Unreadable: Error { let line: String }

  /// The functions of `readelf --wide --debug-dump=frames`, in the order of the file.
  static func decode(_ text: String) throws(Unreadable) -> [FrameFunction] {
    var entries: [String: FrameRules] = [:]
    var functions: [FrameFunction] = []
    var rules = FrameRules()
    var entry: String?
    var cie = FrameRules()
    var start = 0
    var location = 0
    func number<Text: StringProtocol>(_ text: Text) throws(Unreadable) -> Int {
      guard let value = Int(text.drop { $0 == "r" || $0 == "+" }) else { throw Unreadable(line: String(text)) }
      return value
    }
    func end() {
      if let name = entry {
        entries[name] = rules
      } else if !functions.isEmpty {
        functions[functions.count - 1].note(rules, at: location - start)
      }
    }
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard let first = words.first else { continue }
      if words.count >= 4, words[3] == "CIE" {
        end()
        (entry, rules) = (String(first), FrameRules())
      } else if words.count >= 6, words[3] == "FDE" {
        end()
        let range = words[5].dropFirst(3).split(separator: ".")
        guard let known = entries[String(words[4].dropFirst(4))], range.count == 2,
          let low = Int(range[0], radix: 16), let high = Int(range[1], radix: 16)
        else { throw Unreadable(line: String(line)) }
        (entry, cie, rules, start, location) = (nil, known, known, low, low)
        functions.append(FrameFunction(byteCount: high - low, rows: []))
      } else if line.contains("Return address column:") {
        rules.returnAddressColumn = try number(words[words.count - 1])
      } else if first.hasPrefix("DW_CFA_advance_loc") {
        guard let place = Int(words[words.count - 1], radix: 16) else { throw Unreadable(line: String(line)) }
        functions[functions.count - 1].note(rules, at: location - start)
        location = place
      } else if first.hasPrefix("DW_CFA_") {
        // `DW_CFA_offset: r3 (rbx) at cfa-200`, `DW_CFA_def_cfa: r7 (rsp) ofs 8`; names are the host's, numbers ours.
        let operands = words.dropFirst().filter { !$0.hasPrefix("(") && $0 != "at" && $0 != "ofs" }
        let name = first.dropFirst(7).dropLast(first.hasSuffix(":") ? 1 : 0)
        switch (name, operands.count) {
        case ("nop", _): break
        case ("def_cfa", 2), ("def_cfa_sf", 2):
          (rules.cfaColumn, rules.cfaOffset) = (try number(operands[0]), try number(operands[1]))
        case ("def_cfa_register", 1): rules.cfaColumn = try number(operands[0])
        case ("def_cfa_offset", 1), ("def_cfa_offset_sf", 1): rules.cfaOffset = try number(operands[0])
        case ("offset", 2), ("offset_extended", 2), ("offset_extended_sf", 2):
          rules.offsets[try number(operands[0])] = try number(operands[1].dropFirst(3))
        case ("same_value", 1): rules.offsets[try number(operands[0])] = nil
        case ("restore", 1), ("restore_extended", 1):
          let column = try number(operands[0])
          rules.offsets[column] = cie.offsets[column]
        default: throw Unreadable(line: String(line))
        }
      }
    }
    end()
    return functions
  }

  private mutating func note(_ rules: FrameRules, at offset: Int) {
    if rows.last?.start == offset { rows.removeLast() }
    if rows.last?.rules != rules { rows.append((offset, rules)) }
  }
}
