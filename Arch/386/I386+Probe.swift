// What the conformance probe does that the generator can't derive.

public import ArchPreempt

extension I386 {
  // Arguments: input image, output image, times around the loop. On the stack, from esp up: mxcsr and x87 control word of
  // the caller, path, four registers, return address, arguments; the last of them counts the loop.
  //
  // Parked: from esp up, image, routine, stack pointer at the call without its arguments, the stub's ebp, the block to
  // restore from, return address, arguments.
  public static func probe(_ step: ProbeStep, image: ProbeImage) -> [Instruction] {
    let flags = image.words["eflags"]!
    switch step {
    case .enter:
      return pushed.enumerated().map { index, register in
        Instruction(
          "pushl %\(register)",
          [.movesStackPointer(by: -4), .stores(register, at: .frame(-8 - 4 * index), byteCount: 4)])
      } + adjustStackPointer(by: -12) + [
        Instruction("stmxcsr (%esp)"),
        Instruction("fnstcw 4(%esp)"),
        Instruction("fninit", note: "the caller's own arithmetic is x87's, and leaves its sticky flags set"),
        Instruction("movl $0, 8(%esp)"),
        Instruction("movl 32(%esp), %edx"),
        Instruction("leal \(image.frameBaseOffset)(%edx), %ebp"),
        Instruction("leal \(image.areaOffset)(%edx), %eax"),
        Instruction("pushl \(flags)(%ebp)", [.movesStackPointer(by: -4)]),
        Instruction(
          "popfl", [.movesStackPointer(by: 4)], note: "every instruction from here on leaves the flags alone"),
      ]
    case .loadFrameBase:
      return [Instruction("movl (%ebp), %ebp")]
    case .spin:
      return [
        Instruction("1: xchgl %ecx, 8(%esp)", note: "path in, pattern out"),
        Instruction("leal 1(%ecx), %ecx"),
      ]
        + zip(["nc", "np", "nz", "ns", "no"], 1...).flatMap { condition, bit in
          [
            Instruction("j\(condition) 2f"),
            Instruction("leal \(1 << bit)(%ecx), %ecx"),
            Instruction("2:"),
          ]
        } + [
          Instruction("xchgl %ecx, 8(%esp)", note: "pattern in, path out"),
          Instruction("xchgl %ecx, 40(%esp)", note: "counter in, pattern out"),
          Instruction("leal -1(%ecx), %ecx"),
          Instruction("movzwl %cx, %ecx", note: "no counter is larger, whatever was done to ecx"),
          Instruction("jecxz 3f"),
          Instruction("xchgl %ecx, 40(%esp)", note: "pattern in, counter out"),
          Instruction("jmp 1b"),
          Instruction("3: xchgl %ecx, 40(%esp)"),
        ]
    case .collect:
      return [
        Instruction("movl %ecx, 40(%esp)"),
        Instruction("movl 36(%esp), %ecx"),
        Instruction("movl %ebp, \(image.frameBaseOffset)(%ecx)"),
        Instruction("leal \(image.frameBaseOffset)(%ecx), %ebp"),
        Instruction("pushfl", [.movesStackPointer(by: -4)]),
        Instruction("popl \(flags)(%ebp)", [.movesStackPointer(by: 4)]),
        Instruction("movl 40(%esp), %ecx"),
      ]
    case .areaIsOutput:
      return [Instruction("leal \(image.areaOffset - image.frameBaseOffset)(%ebp), %eax")]
    case .leave:
      return [
        Instruction("fninit"),
        Instruction("fldcw 4(%esp)"),
        Instruction("ldmxcsr (%esp)"),
        Instruction("movl 8(%esp), %eax"),
        Instruction("xorl %edx, %edx"),
      ] + adjustStackPointer(by: 12)
        + pushed.reversed().map {
          Instruction(
            "popl %\($0)", [.movesStackPointer(by: 4), .reloads($0, from: .frame(0), byteCount: 4)])
        } + [Instruction("ret", [.resumes(popping: 0)])]
    case .park:
      return adjustStackPointer(by: -20) + [
        Instruction("movl %ebp, 12(%esp)", [.stores("ebp", at: .frame(-12), byteCount: 4)]),
        Instruction("leal \(24 + abi.argumentByteCount)(%esp), %edx"),
        Instruction("movl %edx, 8(%esp)"),
        Instruction("movl %esp, %ebp", [.setsFrameBase(toStackPointerPlus: 0)]),
        Instruction("movl 24(%ebp), %ecx"),
        Instruction("movl 28(%ebp), %edx"),
        Instruction("movl (%ecx), %esp"),
        Instruction("leal -4(%esp), %esp"),
        Instruction("pushl %ebp"),
        Instruction("pushl %edx"),
        Instruction("pushl %ecx"),
        Instruction("call *4(%ecx)"),
        Instruction("movl %ebp, %esp", [.setsStackPointer(toFrameBasePlus: 0)]),
        Instruction("movl %eax, 16(%esp)"),
        Instruction("jmp *4(%esp)"),
      ]
    case .aimAtPoison:
      return [
        Instruction("movl (%esp), %eax"),
        Instruction("leal \(image.frameBaseOffset)(%eax), %ebp", [.clobbers("ebp")]),
        Instruction("leal \(image.areaOffset)(%eax), %eax"),
        Instruction("pushl \(flags)(%ebp)", [.movesStackPointer(by: -4)]),
        Instruction("popfl", [.movesStackPointer(by: 4)]),
      ]
    case .leavePoisoned:
      return [
        Instruction("movl 16(%esp), %eax"),
        Instruction("movl 12(%esp), %ebp", [.reloads("ebp", from: .frame(-12), byteCount: 4)]),
      ] + adjustStackPointer(by: 20) + [Instruction("ret", [.resumes(popping: 0)])]
    case .enabledComponents:
      // XCR0 where CPUID says the operating system uses XSAVE (leaf 1, ECX bit 27: Intel SDM volume 1, 13.2).
      return [
        Instruction("pushl %ebx", [.movesStackPointer(by: -4), .stores("ebx", at: .frame(-8), byteCount: 4)]),
        Instruction("movl $1, %eax"),
        Instruction("cpuid"),
        Instruction("popl %ebx", [.movesStackPointer(by: 4), .reloads("ebx", from: .frame(-8), byteCount: 4)]),
        Instruction("movl $\(StateClass.sse.components), %eax"),
        Instruction("xorl %edx, %edx"),
        Instruction("btl $27, %ecx"),
        Instruction("jnc 1f"),
        Instruction("xorl %ecx, %ecx"),
        Instruction("xgetbv"),
        Instruction("1: ret"),
      ]
    case .returnToCaller:
      return [Instruction("ret", [.resumes(popping: 0)])]
    case .copyString:
      return [
        Instruction("pushl %edi", [.movesStackPointer(by: -4), .stores("edi", at: .frame(-8), byteCount: 4)]),
        Instruction("pushl %esi", [.movesStackPointer(by: -4), .stores("esi", at: .frame(-12), byteCount: 4)]),
        Instruction("movl 12(%esp), %edi"),
        Instruction("movl 16(%esp), %esi"),
        Instruction("movl 20(%esp), %ecx"),
        Instruction("rep movsb"),
        Instruction("popl %esi", [.movesStackPointer(by: 4), .reloads("esi", from: .frame(-12), byteCount: 4)]),
        Instruction("popl %edi", [.movesStackPointer(by: 4), .reloads("edi", from: .frame(-8), byteCount: 4)]),
        Instruction("ret", [.resumes(popping: 0)]),
      ]
    case .misalignStack:
      return adjustStackPointer(by: -11) + [
        Instruction("movl 15(%esp), %eax"),
        Instruction("movl %eax, 3(%esp)"),
        Instruction("leal (%eax,%eax), %eax"),
        Instruction("addl 3(%esp), %eax"),
      ] + adjustStackPointer(by: 11) + [Instruction("ret", [.resumes(popping: 0)])]
    }
  }

  private static let pushed = ["ebp", "ebx", "esi", "edi"]
}
