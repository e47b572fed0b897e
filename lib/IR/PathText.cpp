// lib/IR/PathText.cpp: paths and commands as text.
// SPDX-License-Identifier: Apache-2.0
#include "lib/IR/PatternText.h"

#include "llvm/ADT/StringExtras.h"

namespace srt::ir {

/// Stands for the empty word; a space alone could not be told from none.
static constexpr llvm::StringLiteral kEmptyWord = "\\e";

static std::string baseText(ParamId base, llvm::ArrayRef<Param> params) {
  if (base.value >= params.size())
    return "${?" + std::to_string(base.value) + "}";
  return "${" + params[base.value].name + "}";
}

std::string pathText(const PathPattern &path, llvm::ArrayRef<Param> params,
                     GlobPlace place) {
  std::string out = path.base ? baseText(*path.base, params) : "";
  for (const Segment &segment : path.segments) {
    bool isName = segment.kind == Segment::Kind::Name;
    out += "/" + (isName ? text(segment.name, place) : "**");
  }
  return out.empty() ? "/" : out;
}

std::string text(const PathPattern &path, llvm::ArrayRef<Param> params) {
  return pathText(path, params, GlobPlace::Segment);
}

/// Reads `NAME}` from behind a `${`.
static std::optional<ParamId> readBase(TextScan &scan,
                                       llvm::ArrayRef<Param> params) {
  llvm::StringRef name =
      scan.rest().take_until([](char c) { return c == '}'; });
  for (uint32_t i = 0; i < params.size(); ++i) {
    if (params[i].name != name)
      continue;
    scan.skip(name.size());
    if (!scan.accept("}"))
      return scan.fail("`}`");
    return ParamId{i};
  }
  return scan.fail("the name of a param declared above");
}

/// True if a whole segment `**` stands here; steps over it.
static bool acceptAnyDepth(TextScan &scan, GlobPlace place) {
  llvm::StringRef after = scan.rest();
  if (!after.consume_front("**"))
    return false;
  if (!after.empty() && !stops(place).contains(after.front()))
    return false;
  return scan.accept("**");
}

static std::optional<Segment> readSegment(TextScan &scan, GlobPlace place) {
  Segment segment;
  if (acceptAnyDepth(scan, place)) {
    segment.kind = Segment::Kind::AnyDepth;
    return segment;
  }
  size_t start = scan.place();
  std::optional<Glob> name = readGlob(scan, place);
  if (!name)
    return std::nullopt;
  if (name->items.empty())
    return scan.failAt(start, "a component");
  if (name->isLiteral() && (name->literal() == "." || name->literal() == ".."))
    return scan.failAt(start, "a component other than `.` and `..`");
  segment.name = std::move(*name);
  return segment;
}

static bool endsInAnyDepth(const PathPattern &path) {
  return !path.segments.empty() &&
         path.segments.back().kind == Segment::Kind::AnyDepth;
}

static bool atPathEnd(const TextScan &scan, GlobPlace place) {
  return scan.peek() != '/' && atStop(scan, place);
}

/// True if a `/` stands here with no component behind it.
static bool isRootOnly(const TextScan &scan, GlobPlace place) {
  llvm::StringRef after = scan.rest();
  if (!after.consume_front("/"))
    return false;
  return after.empty() ||
         (after.front() != '/' && stops(place).contains(after.front()));
}

/// Reads `/SEGMENT` onto the end of `path`, in normal form.
static bool readNextSegment(TextScan &scan, GlobPlace place,
                            PathPattern &path) {
  if (!scan.accept("/")) {
    scan.fail("`/` or the end of the path");
    return false;
  }
  size_t start = scan.place();
  std::optional<Segment> segment = readSegment(scan, place);
  if (!segment)
    return false;
  bool isDepth = segment->kind == Segment::Kind::AnyDepth;
  if (isDepth && (endsInAnyDepth(path) || atPathEnd(scan, place))) {
    scan.failAt(start, "`**` only before a component other than `**`");
    return false;
  }
  path.segments.push_back(std::move(*segment));
  return true;
}

std::optional<PathPattern>
readPathPart(TextScan &scan, llvm::ArrayRef<Param> params, GlobPlace place) {
  PathPattern path;
  if (scan.accept("${")) {
    path.base = readBase(scan, params);
    if (!path.base)
      return std::nullopt;
  } else if (scan.peek() != '/') {
    return scan.fail("`/` or `${`");
  } else if (isRootOnly(scan, place)) {
    scan.skip(1);
    return path;
  }
  while (!atPathEnd(scan, place))
    if (!readNextSegment(scan, place, path))
      return std::nullopt;
  return path;
}

std::optional<PathPattern>
readPath(llvm::StringRef text, llvm::ArrayRef<Param> params, TextError &error) {
  TextScan scan(text, error);
  auto path = readPathPart(scan, params, GlobPlace::Segment);
  if (!path || !isCanonical(scan, ir::text(*path, params)))
    return std::nullopt;
  return path;
}

static std::string wordText(const Glob &word) {
  if (word.items.empty())
    return kEmptyWord.str();
  return text(word, GlobPlace::Word);
}

std::string text(const CommandPattern &command, llvm::ArrayRef<Param> params) {
  std::string out;
  if (auto *name = std::get_if<std::string>(&command.program))
    out = literalText(*name, GlobPlace::Word);
  else
    out = pathText(std::get<PathPattern>(command.program), params,
                   GlobPlace::CommandSegment);
  if (command.words)
    for (const Glob &word : *command.words)
      out += " " + wordText(word);
  return command.anyRest ? out + " **" : out;
}

/// Reads a bare name: one component without wildcards.
static std::optional<std::string> readBareName(TextScan &scan) {
  size_t start = scan.place();
  std::optional<Segment> name = readSegment(scan, GlobPlace::CommandSegment);
  if (!name)
    return std::nullopt;
  if (name->kind != Segment::Kind::Name || !name->name.isLiteral())
    return scan.failAt(start, "a name without wildcards, or a path");
  if (scan.peek() == '/')
    return scan.fail("a space or the end of the command");
  return name->name.literal();
}

static bool readProgram(TextScan &scan, llvm::ArrayRef<Param> params,
                        CommandPattern &command) {
  if (scan.peek() != '/' && !scan.rest().starts_with("${")) {
    std::optional<std::string> name = readBareName(scan);
    command.program = name.value_or("");
    return name.has_value();
  }
  auto path = readPathPart(scan, params, GlobPlace::CommandSegment);
  command.program = path.value_or(PathPattern{});
  return path.has_value();
}

/// Reads one further word onto the end of `command`.
static bool readWord(TextScan &scan, CommandPattern &command) {
  if (!command.words)
    command.words.emplace();
  if (scan.rest() == "**") {
    scan.skip(2);
    command.anyRest = true;
    return true;
  }
  if (scan.accept(kEmptyWord)) {
    command.words->emplace_back();
    return true;
  }
  std::optional<Glob> word = readGlob(scan, GlobPlace::Word);
  if (!word)
    return false;
  if (word->items.empty()) {
    scan.fail("a word");
    return false;
  }
  command.words->push_back(std::move(*word));
  return true;
}

std::optional<CommandPattern> readCommand(llvm::StringRef text,
                                          llvm::ArrayRef<Param> params,
                                          TextError &error) {
  TextScan scan(text, error);
  CommandPattern command;
  if (!readProgram(scan, params, command))
    return std::nullopt;
  while (!scan.atEnd()) {
    if (!scan.accept(" "))
      return scan.fail("a space");
    if (!readWord(scan, command))
      return std::nullopt;
  }
  if (!isCanonical(scan, ir::text(command, params)))
    return std::nullopt;
  return command;
}

} // namespace srt::ir
