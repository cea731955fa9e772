// A report as JUnit's XML, which every CI system reads: a suite a backend, a case a check.

extension Report {
  public func junit() -> String {
    let backends = checks.map(\.backend).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    let suites = backends.map { backend in
      let records = checks.filter { $0.backend == backend }
      let time = records.reduce(0) { $0 + $1.seconds }
      return """
          <testsuite name="\(backend.markupEscaped)" tests="\(records.count)" \
        failures="\(records.count { $0.failed > 0 })" skipped="\(records.count(where: \.isSkipped))" \
        time="\(time.formatted(digits: 3))">
        \(records.map(Self.testCase).joined(separator: "\n"))
          </testsuite>
        """
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="preempt conformance, seed \(seed)" tests="\(checks.count)" \
      failures="\(checks.count { $0.failed > 0 })" skipped="\(checks.count(where: \.isSkipped))" \
      time="\(seconds.formatted(digits: 3))">
      \(suites.joined(separator: "\n"))
      </testsuites>

      """
  }

  private static func testCase(_ record: CheckRecord) -> String {
    let open =
      "    <testcase classname=\"\("\(record.backend).\(record.executor)".markupEscaped)\" "
      + "name=\"\(record.check.markupEscaped)\" time=\"\(record.seconds.formatted(digits: 3))\""
    var content: [String] = []
    if record.failed > 0 {
      let text = record.failures.map(\.text).joined(separator: "\n")
      content.append(
        "      <failure message=\"\(record.failed) of \(record.failed + record.passed) failed\">"
          + "\(text.markupEscaped)</failure>")
    } else if record.isSkipped {
      content.append("      <skipped message=\"\((record.reason ?? "no reason given").markupEscaped)\"/>")
    }
    content.append("      <system-out>\(record.summary.markupEscaped)</system-out>")
    return "\(open)>\n\(content.joined(separator: "\n"))\n    </testcase>"
  }
}

extension CheckRecord {
  /// Nothing was compared.
  public var isSkipped: Bool { passed + failed == 0 && skipped > 0 }

  /// `1234 passed, 0 failed, 2 skipped (why)`.
  public var summary: String {
    "\(passed.grouped) passed, \(failed.grouped) failed"
      + (skipped > 0 ? ", \(skipped.grouped) skipped" : "") + (reason.map { " (\($0))" } ?? "")
  }
}

extension Int {
  /// With commas between thousands.
  public var grouped: String {
    var digits = Substring(String(magnitude))
    var groups: [Substring] = []
    while digits.count > 3 {
      groups.insert(digits.suffix(3), at: 0)
      digits = digits.dropLast(3)
    }
    return (self < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
  }
}

extension Double {
  func formatted(digits: Int) -> String {
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let scaled = Int((magnitude * scale).rounded())
    let fraction = String(scaled % Int(scale))
    let padding = String(repeating: "0", count: max(0, digits - fraction.count))
    return (self < 0 ? "-" : "") + "\(scaled / Int(scale))" + (digits > 0 ? "." + padding + fraction : "")
  }
}

extension String {
  /// For XML and HTML, in text and in attributes; what XML can't hold becomes U+FFFD.
  var markupEscaped: String {
    var result = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n", "\t": result.unicodeScalars.append(scalar)
      case _ where scalar.value < 0x20 || (0xfffe...0xffff).contains(scalar.value): result += "\u{fffd}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
