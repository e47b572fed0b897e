// runtime/loader/HostedMain.cpp: main(), for builds with sanitizers alone.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: none of what is shipped has it. The C library has the stack of the
// kernel left as it was: argc stands before argv (System V ABI, "Initial Stack
// and Register State").

extern "C" [[noreturn]] void srtMain(long *stack);

int main(int, char **argv) { srtMain(reinterpret_cast<long *>(argv) - 1); }
