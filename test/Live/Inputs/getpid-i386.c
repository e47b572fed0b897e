// test/Live/Inputs/getpid-i386.c: leaves with 0 if getpid by int $0x80 works.
// SPDX-License-Identifier: Apache-2.0
//
// Built with -m32 as a 32-bit program, and without as a 64-bit one that uses
// the old entry. Syscall 1 is exit and 20 getpid there.
void _start(void) {
  int pid;
  __asm__ volatile("int $0x80" : "=a"(pid) : "a"(20) : "memory");
  __asm__ volatile("int $0x80" : : "a"(1), "b"(pid > 0 ? 0 : 1) : "memory");
  for (;;)
    ;
}
