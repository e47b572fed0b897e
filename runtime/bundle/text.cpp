// runtime/bundle/text.cpp: strings, paths and names inside a bundle.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: a checked string can be handed to the kernel as it stands, and a
// checked path has exactly one spelling, so comparing bytes compares places.
#include "parts.h"

namespace srt::bundle {

srt_reason checkString(const srt_view &view, srt_string text) {
  SRT_DEMAND(text.size < SRT_MAX_STRING, SRT_BAD_STRING_LENGTH);
  uint32_t limit = view.strings_size;
  // Strictly less: the NUL behind the string has to be inside as well.
  SRT_DEMAND(text.offset < limit && text.size < limit - text.offset,
             SRT_BAD_STRING_BOUNDS);
  const char *first = view.strings + text.offset;
  SRT_DEMAND(first[text.size] == 0, SRT_BAD_STRING_BEHIND);
  for (uint32_t i = 0; i < text.size; ++i)
    SRT_DEMAND(first[i] != 0, SRT_BAD_STRING_INSIDE);
  return SRT_OK;
}

/// Checks one component: not empty, not ".", not "..".
static srt_reason checkComponent(const char *first, uint32_t size) {
  bool isDots = (size == 1 && first[0] == '.') ||
                (size == 2 && first[0] == '.' && first[1] == '.');
  SRT_DEMAND(size != 0 && !isDots, SRT_BAD_PATH_COMPONENT);
  return SRT_OK;
}

/// Checks `size` > 0 bytes as components with one slash between two of them.
static srt_reason checkComponents(const char *first, uint32_t size) {
  uint32_t begin = 0;
  for (uint32_t i = 0; i <= size; ++i) {
    if (i < size && first[i] != '/')
      continue;
    SRT_CHECK(checkComponent(first + begin, i - begin));
    begin = i + 1;
  }
  return SRT_OK;
}

srt_reason checkPath(const srt_view &view, srt_string path, uint32_t base) {
  SRT_CHECK(checkString(view, path));
  const char *first = view.strings + path.offset;
  bool isAbsolute = path.size != 0 && first[0] == '/';
  SRT_DEMAND(isAbsolute == (base == SRT_NONE), SRT_BAD_PATH_START);
  uint32_t skip = isAbsolute ? 1 : 0;
  if (path.size == skip)
    return SRT_OK; // "/" itself, or the value of the base itself
  return checkComponents(first + skip, path.size - skip);
}

srt_reason checkCommandName(const srt_view &view, srt_string name) {
  SRT_CHECK(checkString(view, name));
  const char *first = view.strings + name.offset;
  SRT_DEMAND(checkComponent(first, name.size) == SRT_OK, SRT_BAD_COMMAND);
  for (uint32_t i = 0; i < name.size; ++i)
    SRT_DEMAND(first[i] != '/', SRT_BAD_COMMAND);
  return SRT_OK;
}

srt_reason checkVariableName(const srt_view &view, srt_string name,
                             Pattern pattern) {
  SRT_CHECK(checkString(view, name));
  const char *first = view.strings + name.offset;
  SRT_DEMAND(name.size != 0, SRT_BAD_ENV_NAME);
  for (uint32_t i = 0; i < name.size; ++i) {
    bool mayEnd = pattern == Pattern::AtEnd && i + 1 == name.size;
    SRT_DEMAND(first[i] != '=' && (first[i] != '*' || mayEnd),
               SRT_BAD_ENV_NAME);
  }
  return SRT_OK;
}

bool containsPath(const srt_view &view, srt_string outer, srt_string inner) {
  const char *above = view.strings + outer.offset;
  const char *below = view.strings + inner.offset;
  if (inner.size <= outer.size)
    return false;
  for (uint32_t i = 0; i < outer.size; ++i)
    if (above[i] != below[i])
      return false;
  // "/" and "" hold everything; else the next byte has to begin a component.
  bool isTop = outer.size == 0 || above[outer.size - 1] == '/';
  return isTop || below[outer.size] == '/';
}

} // namespace srt::bundle
