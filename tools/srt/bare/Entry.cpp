// tools/srt/bare/Entry.cpp: where srt begins, and its environment.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt/bare/Bare.h"

SRT_DEFINE_START

using namespace srt::bare;

int main(int argc, char **argv);

extern "C" {

size_t strlen(const char *text);
int strncmp(const char *one, const char *other, size_t most);

/// `stack` is what the kernel leaves there: argc, argv, null, envp, null, auxv.
[[noreturn]] void srtMain(long *stack) {
  int argc = int(stack[0]);
  auto **argv = reinterpret_cast<char **>(stack + 1);
  environment = argv + argc + 1;
  char **end = environment;
  while (*end)
    ++end;
  auxiliary = reinterpret_cast<const uint64_t *>(end + 1);
  sys::exitGroup(main(argc, argv));
}

unsigned long getauxval(unsigned long type) {
  for (const uint64_t *at = auxiliary; at[0] != 0; at += 2)
    if (at[0] == type)
      return at[1];
  return 0;
}

/// The entry of a variable, or the end of the array.
static char **entryOf(const char *name) {
  size_t size = strlen(name);
  char **at = environment;
  while (*at && (strncmp(*at, name, size) != 0 || (*at)[size] != '='))
    ++at;
  return at;
}

char *getenv(const char *name) {
  char *entry = *entryOf(name);
  return entry ? entry + strlen(name) + 1 : nullptr;
}

/// All entries of that name: a program could take another than we did.
int unsetenv(const char *name) {
  for (char **at = entryOf(name); *at; at = entryOf(name))
    for (; *at; ++at)
      at[0] = at[1];
  return 0;
}

/// Always overwrites. Requires: no more than eight new variables.
int setenv(const char *name, const char *value, int) {
  constexpr size_t kNew = 8;
  static char **own = nullptr;
  static size_t added = 0;
  unsetenv(name);
  size_t count = size_t(entryOf(name) - environment);
  if (!own) {
    own = new char *[count + kNew + 1];
    for (size_t i = 0; i <= count; ++i)
      own[i] = environment[i];
    environment = own;
  }
  if (++added > kNew)
    giveUp("too many variables");
  size_t nameSize = strlen(name), size = nameSize + strlen(value) + 2;
  auto *entry = new char[size];
  __builtin_memcpy(entry, name, nameSize);
  entry[nameSize] = '=';
  __builtin_memcpy(entry + nameSize + 1, value, size - nameSize - 1);
  own[count] = entry;
  own[count + 1] = nullptr;
  return 0;
}

} // extern "C"
