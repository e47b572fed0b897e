// runtime/loader/Params.cpp: values that are known only when the sandbox
// starts. SPDX-License-Identifier: Apache-2.0
//
// Guarantees: every parameter is an absolute path without `.` or `..`, so that
// a place never lies above its base. Values come from the caller, whom the
// policy trusts; the command cannot choose them.
#include "Loader.h"

namespace srt::load {

static constexpr const char *kStep = "parameters";

/// Whether a path has a `.` or `..` component.
static bool hasDots(Text path) {
  while (path.size != 0) {
    uint64_t end = find(path, '/');
    Text component = path.prefix(end);
    if (component == "." || component == "..")
      return true;
    path = path.suffix(end == path.size ? end : end + 1);
  }
  return false;
}

static Text currentDirectory(Sandbox &sandbox) {
  Path path;
  long size = sys::getcwd(path.room(Path::kShort), Path::kShort);
  if (size == -ERANGE)
    size = sys::getcwd(path.room(Path::kCapacity), Path::kCapacity);
  if (size < 0)
    refuse(kStep, Message()
                      << "cannot find the current directory: " << Errno{size});
  return sandbox.arena.copy({path.bytes, uint64_t(size) - 1}); // with the NUL
}

static Text callerVariable(const Sandbox &sandbox, Text name) {
  Text value = variable(sandbox.callerEnv, name);
  if (!value.data)
    refuse(kStep,
           Message() << "the environment has no `" << name
                     << "`, which the policy uses",
           "set it to an absolute path");
  return value;
}

/// Where the command starts, or the project around that which `srt` has found
/// and says in SRT_PROJECT. *Keeps*: whoever starts the sandbox chooses both.
static Text projectDirectory(Sandbox &sandbox) {
  Text here = currentDirectory(sandbox);
  Text project = variable(sandbox.callerEnv, "SRT_PROJECT");
  if (!project.data)
    return here;
  // A value left over from elsewhere would open another project.
  if (project.size == 0 || !isWithin(here, project))
    refuse(kStep, Message() << "`SRT_PROJECT` is `" << project
                            << "`, which is not around `" << here << "`");
  return project;
}

static Text findValue(Sandbox &sandbox, const srt_param &param) {
  if (param.kind == SRT_PARAM_CWD)
    return projectDirectory(sandbox);
  Text value = sandbox.text(param.value);
  return param.kind == SRT_PARAM_ENV ? callerVariable(sandbox, value) : value;
}

/// Refuses values that are no plain absolute path. getcwd(2) gives
/// "(unreachable)/..." outside the root directory, which fails here too.
static void checkValue(Text name, Text value) {
  if (value.size == 0 || value.data[0] != '/')
    refuse(kStep, Message() << "`" << name << "` is `" << value
                            << "`, which is not an absolute path");
  if (hasDots(value))
    refuse(kStep, Message() << "`" << name << "` is `" << value
                            << "`, which has a `.` or `..` component");
  if (value.size >= Path::kCapacity)
    refuse(kStep, Message() << "the value of `" << name
                            << "` is longer than a path can be");
}

/// The same path with single slashes and none at the end.
static Text tidySlashes(Sandbox &sandbox, Text value) {
  char *tidy = sandbox.arena.array<char>(value.size + 1);
  uint64_t size = 0;
  for (uint64_t i = 0; i < value.size; ++i)
    if (value.data[i] != '/' || (size == 0 || tidy[size - 1] != '/'))
      tidy[size++] = value.data[i];
  if (tidy[size - 1] == '/')
    --size;
  return {tidy, size};
}

void bindParams(Sandbox &sandbox) {
  const srt_view &view = sandbox.view;
  sandbox.params = sandbox.arena.array<Text>(view.param_count);
  for (uint32_t i = 0; i < view.param_count; ++i) {
    Text value = findValue(sandbox, view.params[i]);
    checkValue(sandbox.text(view.params[i].name), value);
    // Paths are compared as texts, so each has to have one spelling.
    sandbox.params[i] = tidySlashes(sandbox, value);
  }
}

void spellPlace(const Sandbox &sandbox, const srt_place &place, Path &path) {
  Text own = sandbox.text(place.path);
  Text base = place.base == SRT_NONE ? Text() : sandbox.params[place.base];
  // "/" is held as an empty base, and an empty place is the base itself.
  bool needsSlash = place.base != SRT_NONE && (own.size != 0 || base.size == 0);
  path.cut(0);
  if (!path.append(base) || (needsSlash && !path.append("/")) ||
      !path.append(own))
    refuse(kStep, Message() << "the path of " << RuleAt{sandbox, place.rule}
                            << " is too long: ENAMETOOLONG");
}

} // namespace srt::load
