// lib/Backend/SbplPath.cpp: path patterns as Seatbelt filters.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Backend/SbplPath.h"

#include "lib/Backend/SbplGlob.h"

#include "llvm/ADT/STLExtras.h"

namespace srt::backend {

static bool isLiteral(const ir::Segment &segment) {
  return segment.kind == ir::Segment::Kind::Name && segment.name.isLiteral();
}

/// True if `path` starts with one of the links in `/` that macOS has.
static bool startsWithLink(const ir::PathPattern &path) {
  if (path.base || path.segments.empty() || !isLiteral(path.segments[0]))
    return false;
  std::string first = path.segments[0].name.literal();
  return first == "tmp" || first == "var" || first == "etc";
}

/// `path` as the kernel spells it once links are resolved.
static ir::PathPattern resolved(const ir::PathPattern &path) {
  ir::PathPattern real = path;
  if (startsWithLink(path))
    real.segments.insert(
        real.segments.begin(),
        ir::Segment{ir::Segment::Kind::Name, ir::Glob::ofLiteral("private")});
  return real;
}

/// The Scheme expression of a literal place: a string, a param, or both.
static std::optional<std::string>
place(const ir::Policy &policy, const ir::PathPattern &path, std::string &why) {
  std::string tail;
  for (const ir::Segment &segment : path.segments)
    tail += "/" + segment.name.literal();
  if (!path.base)
    return quoted(tail.empty() ? "/" : tail, why);
  std::string base =
      form("param", {"\"" + sbplParamName(policy, *path.base) + "\""});
  if (tail.empty())
    return base;
  std::optional<std::string> suffix = quoted(tail, why);
  if (!suffix)
    return std::nullopt;
  return form("string-append", {base, *suffix});
}

/// The filter `(regex ^PATH END)`, where `end` is regex text up to the `$`.
static std::optional<std::string> regexFilter(const ir::Policy &policy,
                                              const ir::PathPattern &path,
                                              llvm::StringRef end,
                                              std::string &why) {
  std::string tail = path.base ? "" : "^";
  if (!appendSegments(path.segments, tail, why))
    return std::nullopt;
  std::optional<std::string> text = quoted(tail + end.str(), why);
  if (!text)
    return std::nullopt;
  if (!path.base)
    return form("regex", {*text});
  // libsandbox's own regex-quote, for the value is known only at the start.
  std::string name = "\"" + sbplParamName(policy, *path.base) + "\"";
  std::string base = form("regex-quote", {form("param", {name})});
  return form("regex", {form("string-append", {"\"^\"", base, *text})});
}

bool appendPathFilters(const ir::Policy &policy, const ir::PathPattern &path,
                       std::vector<std::string> &filters, std::string &why) {
  ir::PathPattern real = resolved(path);
  if (!real.isLiteral()) {
    std::optional<std::string> regex =
        regexFilter(policy, real, "(/.*)?$", why);
    if (regex)
      filters.push_back(*regex);
    return regex.has_value();
  }
  std::optional<std::string> text = place(policy, real, why);
  if (!text)
    return false;
  // Whether subpath covers a regular file of that name is not documented.
  filters.push_back(form("literal", {*text}));
  filters.push_back(form("subpath", {*text}));
  if (startsWithLink(path) && path.segments.size() == 1)
    filters.push_back(form("literal", {*place(policy, path, why)}));
  return true;
}

/// The filter for exactly the places that the first `count` segments name.
static std::optional<std::string> exactly(const ir::Policy &policy,
                                          ir::PathPattern path, size_t count,
                                          std::string &why) {
  path.segments.resize(count);
  if (!path.isLiteral())
    return regexFilter(policy, path, "$", why);
  std::optional<std::string> text = place(policy, path, why);
  if (!text)
    return std::nullopt;
  return form("literal", {*text});
}

/// Every directory that `**` at `position` may stand for.
static std::optional<std::string> directoriesFrom(const ir::Policy &policy,
                                                  ir::PathPattern path,
                                                  size_t position,
                                                  std::string &why) {
  path.segments.resize(position);
  std::optional<std::string> below = regexFilter(policy, path, "/.*$", why);
  if (!below)
    return std::nullopt;
  return form("require-all", {*below, "(vnode-type DIRECTORY)"});
}

bool appendAncestorFilters(const ir::Policy &policy,
                           const ir::PathPattern &path,
                           std::vector<std::string> &filters,
                           std::string &why) {
  ir::PathPattern real = resolved(path);
  for (size_t count = real.base ? 0 : 1; count < real.segments.size();
       ++count) {
    bool endsInDepth = count > 0 && real.segments[count - 1].kind ==
                                        ir::Segment::Kind::AnyDepth;
    // `**/x` at the root matches wherever its directories are moved to.
    if (endsInDepth && count == 1 && !real.base)
      continue;
    std::optional<std::string> filter =
        endsInDepth ? directoriesFrom(policy, real, count - 1, why)
                    : exactly(policy, real, count, why);
    if (!filter)
      return false;
    filters.push_back(*filter);
  }
  return true;
}

void appendLiteralAncestors(const ir::Policy &policy,
                            const ir::PathPattern &path,
                            std::vector<std::string> &filters) {
  ir::PathPattern real = resolved(path);
  std::string why;
  for (size_t count = 0; count < real.segments.size(); ++count) {
    if (count > 0 && !isLiteral(real.segments[count - 1]))
      return;
    if (std::optional<std::string> filter = exactly(policy, real, count, why))
      filters.push_back(*filter);
  }
}

} // namespace srt::backend
