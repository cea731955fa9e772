// What the conformance probe does that the generator can't derive.

public import ArchPreempt

extension I386 {
  // Arguments: input image, output image, times around the loop. On the stack, from esp up: mxcsr and x87 control word of
  // the caller, four registers, return address, arguments; the last of them counts the loop.
  public static func probe(_ step: ProbeStep, image: ProbeImage) -> [Instruction] {
    let flags = image.words["eflags"]!
    switch step {
    case .enter:
      return pushed.enumerated().map { index, register in
        Instruction(
          "pushl %\(register)",
          [.movesStackPointer(by: -4), .stores(register, at: .frame(-8 - 4 * index), byteCount: 4)])
      } + adjustStackPointer(by: -8) + [
        Instruction("stmxcsr (%esp)"),
        Instruction("fnstcw 4(%esp)"),
        Instruction("movl 28(%esp), %edx"),
        Instruction("leal \(image.frameBaseOffset)(%edx), %ebp"),
        Instruction("leal \(image.areaOffset)(%edx), %eax"),
        Instruction("pushl \(flags)(%ebp)", [.movesStackPointer(by: -4)]),
        Instruction("popfl", [.movesStackPointer(by: 4)], note: "every instruction from here on leaves the flags alone"),
      ]
    case .spin:
      return [
        Instruction("movl (%ebp), %ebp"),
        Instruction("1: xchgl %ecx, 36(%esp)", note: "counter in, pattern out"),
        Instruction("leal -1(%ecx), %ecx"),
        Instruction("jecxz 2f"),
        Instruction("xchgl %ecx, 36(%esp)", note: "pattern in, counter out"),
        Instruction("jmp 1b"),
        Instruction("2: xchgl %ecx, 36(%esp)"),
      ]
    case .collect:
      return [
        Instruction("movl %ecx, 36(%esp)"),
        Instruction("movl 32(%esp), %ecx"),
        Instruction("movl %ebp, \(image.frameBaseOffset)(%ecx)"),
        Instruction("leal \(image.frameBaseOffset)(%ecx), %ebp"),
        Instruction("pushfl", [.movesStackPointer(by: -4)]),
        Instruction("popl \(flags)(%ebp)", [.movesStackPointer(by: 4)]),
        Instruction("movl 36(%esp), %ecx"),
      ]
    case .areaIsOutput:
      return [Instruction("leal \(image.areaOffset - image.frameBaseOffset)(%ebp), %eax")]
    case .leave:
      return [
        Instruction("fninit"),
        Instruction("fldcw 4(%esp)"),
        Instruction("ldmxcsr (%esp)"),
      ] + adjustStackPointer(by: 8)
        + pushed.reversed().map {
          Instruction(
            "popl %\($0)", [.movesStackPointer(by: 4), .reloads($0, from: .frame(0), byteCount: 4)])
        } + [Instruction("ret", [.resumes(popping: 0)])]
    }
  }

  private static let pushed = ["ebp", "ebx", "esi", "edi"]
}
