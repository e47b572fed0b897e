/* bench/exec-again.c: becomes the program that its arguments name.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What every loader costs at least: one more execve(2) of a static program,
 * here of one page that calls nothing else. For bench/startup, x86_64. */
static long call(long number, const void *a, const void *b, const void *c) {
  long result;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(number), "D"(a), "S"(b), "d"(c)
                   : "rcx", "r11", "memory");
  return result;
}

__asm__(".globl _start\n_start: mov %rsp, %rdi\n  and $-16, %rsp\n"
        "  call become\n");

/* `stack` is what the kernel leaves there: argc, argv, null, envp, null. */
void become(long *stack) {
  char **argv = (char **)(stack + 1);
  call(59, argv[1], argv + 1, argv + stack[0] + 1); /* execve */
  call(60, (void *)1, 0, 0);                        /* exit */
}
