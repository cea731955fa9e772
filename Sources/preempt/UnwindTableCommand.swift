// `preempt unwind-table`: what `.wholeStack` knows about an image.

import ArgumentParser
import CPreempt
import Foundation
import PreemptTool
import UnwindTable

struct UnwindTableCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unwind-table",
    abstract: "Say which share of an image's code .wholeStack can walk through, and what its table takes.",
    discussion: """
      Example: preempt unwind-table --json /lib/x86_64-linux-gnu/libc.so.6

      Without paths: this program, and the Swift and C libraries it runs with. Code is the image's executable segments, \
      into which some linkers put constants too; described is what has unwind information; expressed is what a row can \
      say. Nothing of the image is run.
      """)

  @Argument(help: ArgumentHelp("ELF files.", valueName: "path")) var paths: [String] = []
  @OptionGroup var output: OutputOptions

  private struct Report: Encodable { let images: [ImageReport] }

  private struct ImageReport: Encodable {
    let path: String
    let codeBytes, describedBytes, expressedBytes, rows, tableBytes: Int
    let expressedShareOfDescribed, expressedShareOfCode, tableBytesPerKiB: Double

    init(_ path: String) throws {
      let bytes: Data
      do { bytes = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped) } catch {
        throw ToolFailure(.usage, "\(path): can't be read: \(error.localizedDescription)")
      }
      let table: UnwindTable
      do { table = try bytes.withUnsafeBytes { bytes throws(UnwindError) in try UnwindTable(elfFile: bytes) } } catch {
        throw ToolFailure(.usage, "\(path): \(error)")
      }
      self.path = path
      codeBytes = table.codeByteCount
      describedBytes = table.describedByteCount
      expressedBytes = table.expressedByteCount
      rows = table.rowCount
      tableBytes = table.byteCount
      expressedShareOfDescribed = Double(expressedBytes) / Double(max(1, describedBytes))
      expressedShareOfCode = Double(expressedBytes) / Double(max(1, codeBytes))
      tableBytesPerKiB = Double(tableBytes) / (Double(max(1, codeBytes)) / 1024)
    }

    var text: String {
      """
      \(path)
        code        \(codeBytes) bytes, \(describedBytes) of them described
        expressed   \(expressedBytes) bytes: \(Self.percent(expressedShareOfDescribed)) of what is described, \
      \(Self.percent(expressedShareOfCode)) of all
        table       \(rows) rows, \(tableBytes) bytes: \(String(format: "%.1f", tableBytesPerKiB)) per KiB of code
      """
    }

    private static func percent(_ share: Double) -> String { String(format: "%.2f %%", share * 100) }
  }

  /// Files of this program and of what it is linked against.
  private static func ownImages() -> [String] {
    let functions = ["swift_retain", "qsort"].compactMap { (name: String) in dlsym(nil, name) }
    let libraries: [String] = functions.compactMap { function in
      var place = preempt_place()
      preempt_find_place(UInt(bitPattern: function), &place)
      return place.image.map { String(cString: $0) }
    }
    return ["/proc/self/exe"] + libraries
  }

  func run() throws {
    let images = try (paths.isEmpty ? Self.ownImages() : paths).map { try ImageReport($0) }
    if output.json {
      try printJSON(Report(images: images))
    } else {
      for image in images { print(image.text) }
    }
  }
}
