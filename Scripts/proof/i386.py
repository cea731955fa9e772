"""What the proof needs to know about 386 (IA-32), from its manuals and from Linux; nothing of it comes from Arch/386.

It is the same CPU as amd64.py's in another mode, so x87, vectors, flags and state components are those; what differs is
here: the registers that gdb's target description of a 32-bit process has, and a call.

SDM: Intel 64 and IA-32 Architectures Software Developer's Manual. psABI: System V ABI, Intel386 supplement, version 1.1.
"""

import capstone

from amd64 import AMD64
from amd64 import UNIVERSE as UNIVERSE_OF_AMD64
from architecture import Row

GENERAL = "eax ecx edx ebx esp ebp esi edi".split()
CALLEE_SAVED = {"ebx", "esp", "ebp", "esi", "edi"}  # psABI 2.2.1
# psABI table 2.14.
DWARF_COLUMNS = dict(enumerate(GENERAL))
VECTORS = {f"{kind}{n}{half}" for n in range(8) for kind, half in (("xmm", ""), ("ymm", "h"), ("zmm", "h"))}


def _of_amd64(feature):
    """Its rows that 32-bit mode has too."""
    numbered = ("xmm", "ymm", "zmm")
    return [row for row in UNIVERSE_OF_AMD64[feature] if not row.name.startswith(numbered) or row.name in VECTORS]


# By feature of gdb's target description: maint print xml-tdesc.
# fmt: off
UNIVERSE = {
    "org.gnu.gdb.i386.core":
        [Row(name, name.upper(), 0, 4, is_kept=name in CALLEE_SAVED) for name in GENERAL]
        + [Row("eip", "EIP", 0, 4, excluded="the return's target, compared as such"),
           Row("eflags", "", 0, 0, excluded="compared flag by flag")]
        + [row for row in UNIVERSE_OF_AMD64["org.gnu.gdb.i386.core"] if row.name[0] in "cdefgs" and row.name != "eflags"],
    "org.gnu.gdb.i386.sse": _of_amd64("org.gnu.gdb.i386.sse"),
    "org.gnu.gdb.i386.linux": [Row("orig_eax", "", 0, 0, excluded="ptrace's, not a register")],
    "org.gnu.gdb.i386.avx": _of_amd64("org.gnu.gdb.i386.avx"),
    "org.gnu.gdb.i386.avx512": _of_amd64("org.gnu.gdb.i386.avx512"),
    "org.gnu.gdb.i386.pkeys": _of_amd64("org.gnu.gdb.i386.pkeys"),
}
# fmt: on


class I386(AMD64):
    file = "Scripts/proof/i386.py"
    language = "x86:LE:32:default"
    capstone_mode = (capstone.CS_ARCH_X86, capstone.CS_MODE_32)
    machine = "i686"
    kernels = {"i686", "x86_64"}
    assemblers = [["i686-linux-gnu-gcc"], ["clang", "--target=i686-linux-gnu", "-fuse-ld=lld"]]
    stack_pointer = "ESP"
    frame_base = "EBP"
    result_register = "EAX"
    flags = "eflags"
    # psABI 2.2.2: the arguments are the callee's; their end lies at a 16-byte boundary, so that many bytes are theirs.
    argument_byte_count = 16
    universe = UNIVERSE
    general = GENERAL
    pointer_byte_count = 4
    columns = {column: name.upper() for column, name in DWARF_COLUMNS.items()}

    lifted = set(
        "add and call clc cld cmp fnstcw kmovd kmovq kxorq lea mov movups pop push ret std stmxcsr sub vmovdqu "
        "vzeroupper".split()
    )

    more = """
    subl $120, %esp; addl $512, %esp; pushfl; pushl %ebx; popl -8(%ebp); popl %esi; clc; cld; std; cmpl %eax, %eax;
    cmpl %ecx, %edx; andl %esi, %edi; andl $-8, %esp; andl $-32, %esp; andl $-128, %esp; ret; ret $120; ret $136; fninit;
    leal 1(%esi), %esi; leal -64(%eax), %eax; movl %ecx, 136(%ebp); movw %cx, -40(%ebp); movw -40(%ebp), %cx;
    movw %di, -36(%ebp); movw -36(%ebp), %di; movups 112(%eax), %xmm6; vmovdqu %ymm3, 32(%eax); vmovdqu 32(%eax), %ymm3;
    vmovdqu %xmm3, 32(%eax); vmovdqu 32(%eax), %xmm3; vmovdqu64 %zmm2, 64(%eax); vmovdqu64 64(%eax), %zmm2;
    vmovdqu64 %ymm7, 64(%eax); vmovdqu64 64(%eax), %ymm7; vmovdqu64 %xmm7, 64(%eax); vmovdqu64 64(%eax), %xmm7;
    kmovd %k3, 8(%eax); kmovd 8(%eax), %k3; kxorq %k1, %k2, %k3
    """

    @staticmethod
    def lifter_register(name):
        """capstone counts what doesn't exist in 32-bit mode among what vzeroupper writes."""
        found = AMD64.lifter_register(name)
        beyond = found is not None and found.startswith("ZMM") and int(found[3:]) > 7
        return None if beyond or name == "eip" else found

    def callee_argument(self, machine, index):
        """psABI 2.2.3: above the return address, the first lowest."""
        place = machine.get(self.stack_pointer) + self.pointer_byte_count * (1 + index)
        return f"stack word {index + 1}", machine.load(place, self.pointer_byte_count)

    def __init__(self):
        super().__init__()
        for name, spelled in (("popfq", "popfd"), ("pushfq", "pushfd")):
            self.overrides[spelled] = self.overrides.pop(name)
        # capstone's name for either in 32-bit mode; without a mask both do the same.
        self.overrides["vmovdqu32"] = self.overrides.pop("vmovdqu64")
        del self.overrides["vpxorq"]
