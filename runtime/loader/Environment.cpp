// runtime/loader/Environment.cpp: the environment of the command.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: only variables that the bundle names, each once: passed ones in
// the caller's order, then set ones in the bundle's. Of a name that the caller
// has twice only the first is seen, here and by the parameters: programs
// disagree on which one counts, so no program gets to choose.
#include "Loader.h"

namespace srt::load {

/// The name of "name=value"; empty if there is no `=` or nothing before it.
static Text nameOf(const char *entry) {
  Text whole(entry);
  uint64_t size = find(whole, '=');
  return size == whole.size ? Text() : whole.prefix(size);
}

Text variable(char *const *env, Text name) {
  for (; *env; ++env)
    if (nameOf(*env) == name)
      return Text(*env).suffix(name.size + 1);
  return {};
}

static bool matches(Text name, Text pattern) {
  if (pattern.data[pattern.size - 1] == '*')
    return startsWith(name, pattern.prefix(pattern.size - 1));
  return name == pattern;
}

/// Whether a record of `kind` before the record `end` names the variable.
static bool isNamed(const Sandbox &sandbox, uint32_t kind, Text name,
                    uint32_t end) {
  for (uint32_t i = 0; i < end; ++i) {
    const srt_env &env = sandbox.view.env[i];
    if (env.kind == kind && matches(name, sandbox.text(env.name)))
      return true;
  }
  return false;
}

/// `unset` beats `set` beats `pass`.
static bool isPassed(const Sandbox &sandbox, Text name) {
  uint32_t all = sandbox.view.env_count;
  return !isNamed(sandbox, SRT_ENV_UNSET, name, all) &&
         !isNamed(sandbox, SRT_ENV_SET, name, all) &&
         isNamed(sandbox, SRT_ENV_PASS, name, all);
}

static uint64_t passVariables(Sandbox &sandbox) {
  uint64_t kept = 0;
  for (char **entry = sandbox.callerEnv; *entry; ++entry) {
    Text name = nameOf(*entry);
    if (name.size == 0 || !isPassed(sandbox, name))
      continue;
    // The array is zeroed, so what is kept so far is null-terminated.
    if (variable(sandbox.env, name).data)
      continue;
    sandbox.env[kept++] = *entry;
  }
  return kept;
}

static char *joinVariable(Arena &arena, Text name, Text value) {
  char *joined = arena.array<char>(name.size + 1 + value.size + 1);
  __builtin_memcpy(joined, name.data, name.size);
  joined[name.size] = '=';
  __builtin_memcpy(joined + name.size + 1, value.data, value.size);
  return joined;
}

void composeEnvironment(Sandbox &sandbox) {
  const srt_view &view = sandbox.view;
  uint64_t room = view.env_count + 1;
  for (char **entry = sandbox.callerEnv; *entry; ++entry)
    ++room;
  sandbox.env = sandbox.arena.array<char *>(room);
  uint64_t kept = passVariables(sandbox);
  for (uint32_t i = 0; i < view.env_count; ++i) {
    Text name = sandbox.text(view.env[i].name);
    if (view.env[i].kind != SRT_ENV_SET ||
        isNamed(sandbox, SRT_ENV_UNSET, name, view.env_count) ||
        isNamed(sandbox, SRT_ENV_SET, name, i))
      continue;
    sandbox.env[kept++] =
        joinVariable(sandbox.arena, name, sandbox.text(view.env[i].value));
  }
}

} // namespace srt::load
