// lib/Parse/PathText.cpp: path patterns and globs.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Parse/Texts.h"

#include "llvm/ADT/StringExtras.h"

namespace srt {

/// Sizes that no path on Linux exceeds (include/uapi/linux/limits.h, v6.12).
static constexpr unsigned kPathMax = 4096; // with its NUL
static constexpr unsigned kNameMax = 255;

namespace {
/// Reads one `[...]` class; `at` stands on the `[`.
class ClassReader {
public:
  ClassReader(const Chars &chars, size_t at, size_t end)
      : chars(chars), at(at + 1), end(end) {}

  /// Empty text and `at` behind the `]`, or what is wrong.
  llvm::StringRef read(std::bitset<256> &accept);
  size_t behind() const { return at; }

private:
  llvm::StringRef readItem(std::bitset<256> &accept);

  const Chars &chars;
  size_t at;
  size_t end;
};
} // namespace

llvm::StringRef ClassReader::readItem(std::bitset<256> &accept) {
  uint8_t first = chars[at].byte;
  uint8_t last = first;
  bool isRange = at + 2 < end && chars[at + 1].is('-') && !chars[at + 2].is(']');
  if (isRange)
    last = chars[at + 2].byte;
  at += isRange ? 3 : 1;
  if (first > last)
    return "range in a class runs backwards";
  for (unsigned byte = first; byte <= last; ++byte)
    accept.set(byte);
  return {};
}

llvm::StringRef ClassReader::read(std::bitset<256> &accept) {
  bool isNegated = at < end && chars[at].is('!');
  if (at < end && chars[at].is('^'))
    return "write `[!` for every byte but these, or `\\^` for the byte itself";
  at += isNegated;
  size_t first = at;
  while (at < end && !chars[at].is(']')) {
    if (chars[at].byte == '/')
      return "a class never holds `/`";
    if (llvm::StringRef problem = readItem(accept); !problem.empty())
      return problem;
  }
  if (at >= end)
    return "`[` has no closing `]` within its component (a class never holds "
           "`/`); write `\\[` for the byte itself";
  if (at == first)
    return "class is empty";
  ++at;
  if (isNegated)
    accept.flip();
  // No name holds these two, whatever the class says.
  accept.reset('/');
  accept.reset(0);
  return accept.none() ? "class accepts nothing" : llvm::StringRef();
}

namespace {
enum class Wild : uint8_t { None, Run, One, Open, Close };
} // namespace

static Wild wildOf(const Char &c) {
  if (c.is('*'))
    return Wild::Run;
  if (c.is('?'))
    return Wild::One;
  if (c.is('['))
    return Wild::Open;
  return c.is(']') ? Wild::Close : Wild::None;
}

static ir::GlobItem itemOf(ir::GlobItem::Kind kind, uint8_t byte = 0) {
  ir::GlobItem item;
  item.kind = kind;
  item.byte = byte;
  return item;
}

std::optional<ir::Glob> readGlob(const syntax::Literal &literal,
                                 const Chars &chars, size_t begin, size_t end,
                                 Scope &scope) {
  using Kind = ir::GlobItem::Kind;
  auto fail = [&](size_t at, size_t behind, llvm::StringRef why) {
    reportGlob(literal, rangeOf(literal, chars, at, behind), why, scope);
    return std::nullopt;
  };
  ir::Glob glob;
  for (size_t at = begin; at < end;) {
    switch (wildOf(chars[at])) {
    case Wild::None:
      glob.items.push_back(itemOf(Kind::Byte, chars[at++].byte));
      break;
    case Wild::One:
      glob.items.push_back(itemOf(Kind::AnyOne));
      ++at;
      break;
    case Wild::Run:
      if (at + 1 < end && chars[at + 1].is('*'))
        return fail(at, at + 2, "`**` stands alone between two slashes");
      glob.items.push_back(itemOf(Kind::AnyRun));
      ++at;
      break;
    case Wild::Close:
      return fail(at, at + 1, "`]` without `[`; write `\\]` for the byte itself");
    case Wild::Open: {
      ClassReader reader(chars, at, end);
      ir::GlobItem item = itemOf(Kind::Class);
      llvm::StringRef problem = reader.read(item.accept);
      if (!problem.empty())
        return fail(at, at + 1, problem);
      glob.items.push_back(item);
      at = reader.behind();
      break;
    }
    }
  }
  return glob;
}

namespace {
/// Splits the chars of a path at its slashes and builds the segments.
class PathReader {
public:
  PathReader(const syntax::Literal &literal, const Chars &chars, Scope &scope)
      : literal(literal), chars(chars), scope(scope) {}

  std::optional<std::vector<ir::Segment>> read();

private:
  bool addComponent(size_t begin, size_t end);
  bool isText(size_t begin, size_t end, llvm::StringRef text) const;
  void addAnyDepth();

  const syntax::Literal &literal;
  const Chars &chars;
  Scope &scope;
  std::vector<ir::Segment> segments;
  bool isFolded = false;
};
} // namespace

bool PathReader::isText(size_t begin, size_t end, llvm::StringRef text) const {
  if (end - begin != text.size())
    return false;
  for (size_t i = 0; i < text.size(); ++i)
    if (chars[begin + i].byte != uint8_t(text[i]))
      return false;
  return true;
}

void PathReader::addAnyDepth() {
  bool isAgain = !segments.empty() &&
                 segments.back().kind == ir::Segment::Kind::AnyDepth;
  if (isAgain)
    return; // `**/**` says no more than `**`
  ir::Segment segment;
  segment.kind = ir::Segment::Kind::AnyDepth;
  segments.push_back(segment);
}

bool PathReader::addComponent(size_t begin, size_t end) {
  if (begin == end || isText(begin, end, ".")) {
    isFolded = true;
    return true;
  }
  if (isText(begin, end, "..")) {
    scope.diags.report(rangeOf(literal, chars, begin, end), diag::PathDotDot,
                       shown(literal.text));
    return false;
  }
  if (end - begin == 2 && chars[begin].is('*') && chars[begin + 1].is('*')) {
    addAnyDepth();
    return true;
  }
  std::optional<ir::Glob> glob = readGlob(literal, chars, begin, end, scope);
  if (!glob)
    return false;
  if (glob->items.size() > kNameMax && glob->isLiteral()) {
    reportGlob(literal, rangeOf(literal, chars, begin, end),
               "component is longer than 255 bytes", scope);
    return false;
  }
  segments.push_back({ir::Segment::Kind::Name, std::move(*glob)});
  return true;
}

std::optional<std::vector<ir::Segment>> PathReader::read() {
  // Every component follows a slash; a slash at the end adds none.
  for (size_t slash = 0; slash + 1 < chars.size();) {
    size_t begin = slash + 1;
    size_t end = begin;
    while (end < chars.size() && chars[end].byte != '/')
      ++end;
    if (!addComponent(begin, end))
      return std::nullopt;
    slash = end;
  }
  if (isFolded)
    scope.diags.report(literal.range, diag::PathFolded, shown(literal.text));
  while (!segments.empty() &&
         segments.back().kind == ir::Segment::Kind::AnyDepth)
    segments.pop_back(); // a pattern covers what is beneath anyway
  return std::move(segments);
}

static std::optional<ir::PathPattern> readPath(const syntax::Literal &literal,
                                        std::optional<ir::ParamId> base,
                                        const Chars &chars, Scope &scope) {
  if (chars.size() >= kPathMax) {
    scope.diags.report(literal.range, diag::PathTooLong, chars.size(),
                       kPathMax);
    return std::nullopt;
  }
  std::optional<std::vector<ir::Segment>> segments =
      PathReader(literal, chars, scope).read();
  if (!segments)
    return std::nullopt;
  return ir::PathPattern{base, std::move(*segments)};
}

static void prepend(Chars &chars, char byte) {
  chars.insert(chars.begin(), Char{uint8_t(byte), Char::Role::Active, 0});
}

/// Rewrites `~/x` to `${home}/x` and `./x` to `${project}/x`. Returns false
/// if the param is missing, which is reported.
static bool expandShorthand(const syntax::Literal &literal, Spelled &spelled,
                            Scope &scope) {
  Chars &chars = spelled.chars;
  if (spelled.base || chars.empty())
    return true;
  bool isShort = chars[0].is('~') || chars[0].is('.');
  if (!isShort || (chars.size() > 1 && chars[1].byte != '/'))
    return true;
  llvm::StringRef name = chars[0].is('~') ? "home" : "project";
  ScopedParam *param = scope.use(name, rangeOf(literal, chars, 0, 1));
  if (!param)
    return false;
  if (param->type != ParamType::Path)
    return true; // falls through to "must start with"
  spelled.base = param->id;
  chars.erase(chars.begin());
  return true;
}

static bool startsWell(const Spelled &spelled) {
  const Chars &chars = spelled.chars;
  if (spelled.base)
    return chars.empty() || chars[0].byte == '/';
  bool isFloating = chars.size() > 2 && chars[0].is('*') && chars[1].is('*') &&
                    chars[2].byte == '/';
  return isFloating || (!chars.empty() && chars[0].byte == '/');
}

static void reportStart(const syntax::Literal &literal, Scope &scope) {
  llvm::StringRef text(literal.text);
  SourceRange inside = literal.part(0, text.size());
  Diagnostic &error =
      scope.diags.report(inside, diag::PathStart, shown(literal.text));
  // Only a plain name has one likely meaning.
  if (text.empty() || !llvm::isAlnum(text.front()))
    return;
  bool isProject = scope.params.count("project") != 0;
  error.fix(inside, (isProject ? "./" : "/") + text.str());
}

std::optional<ir::PathPattern> readSpelledPath(const syntax::Literal &literal,
                                               Spelled spelled, Scope &scope) {
  if (!expandShorthand(literal, spelled, scope))
    return std::nullopt;
  if (!startsWell(spelled)) {
    reportStart(literal, scope);
    return std::nullopt;
  }
  if (!spelled.base && spelled.chars[0].is('*'))
    prepend(spelled.chars, '/');
  return readPath(literal, spelled.base, spelled.chars, scope);
}

std::optional<std::vector<ir::PathPattern>>
readPaths(const syntax::Literal &literal, Scope &scope) {
  std::optional<Spelled> spelled = spell(literal, Base::Allowed, scope);
  if (!spelled)
    return std::nullopt;
  std::optional<std::vector<Chars>> alternatives =
      expandAlternatives(literal, spelled->chars, scope);
  if (!alternatives)
    return std::nullopt;
  std::vector<ir::PathPattern> patterns;
  for (Chars &chars : *alternatives) {
    std::optional<ir::PathPattern> pattern =
        readSpelledPath(literal, {spelled->base, std::move(chars), {}}, scope);
    if (!pattern)
      return std::nullopt;
    patterns.push_back(std::move(*pattern));
  }
  return patterns;
}

} // namespace srt
