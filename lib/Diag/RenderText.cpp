// lib/Diag/RenderText.cpp: diagnostics for people.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Diag/Render.h"

#include <algorithm>

namespace srt {

namespace {
/// What fits beside the line number on a narrow terminal.
constexpr size_t kWidth = 100;

/// Writes a word in a colour, or plainly.
class Painter {
public:
  Painter(llvm::raw_ostream &out, Colours colours)
      : out(out), colours(colours) {}

  void paint(llvm::raw_ostream::Colors colour, llvm::StringRef text) {
    if (colours == Colours::Off) {
      out << text;
      return;
    }
    out << "\x1b[1;" << 30 + int(colour) << "m" << text << "\x1b[0m";
  }

private:
  llvm::raw_ostream &out;
  Colours colours;
};
} // namespace

static llvm::raw_ostream::Colors colourOf(Severity severity) {
  switch (severity) {
  case Severity::Error:
    return llvm::raw_ostream::RED;
  case Severity::Warning:
    return llvm::raw_ostream::MAGENTA;
  case Severity::Remark:
    return llvm::raw_ostream::CYAN;
  }
  return llvm::raw_ostream::WHITE;
}

static void writePlace(llvm::raw_ostream &out, const Sources &sources,
                       SourceRange range) {
  if (range.isNowhere())
    return;
  out << shown(sources.name(range.file), 4096) << ':' << range.line << ':'
      << range.column << ": ";
}

namespace {
/// A line as it is shown: `text`, and how many columns it takes.
struct Cells {
  std::string text;
  size_t columns = 0;
};
} // namespace

/// One column for one character: tabs and bytes that would move the cursor
/// become a space or '?', so that the caret stays under what it points at.
static Cells cellsOf(llvm::StringRef text) {
  Cells cells;
  for (; !text.empty(); ++cells.columns) {
    size_t length = showableLength(text);
    if (length > 0)
      cells.text += text.take_front(length);
    else
      cells.text += text.front() == '\t' ? ' ' : '?';
    text = text.drop_front(std::max<size_t>(length, 1));
  }
  return cells;
}

/// Moves an offset back to where a character begins.
static size_t atCharacter(llvm::StringRef line, size_t offset) {
  // A character has at most three bytes behind its first.
  size_t at = offset;
  for (int i = 0; i < 3 && at > 0 && at < line.size() &&
                  (uint8_t(line[at]) & 0xc0) == 0x80;
       ++i)
    --at;
  return at;
}

/// Writes the line and a caret under [column, endColumn).
static void writeSnippet(llvm::raw_ostream &out, Painter &painter,
                         const Sources &sources, SourceRange range) {
  llvm::StringRef line = sources.line(range.file, range.line);
  if (line.empty() || range.column > line.size() + 1)
    return;
  size_t column = range.column - 1;
  size_t start = column > kWidth / 2 ? column - kWidth / 2 : 0;
  if (line.size() <= kWidth)
    start = 0;
  size_t end = range.endLine == range.line ? range.endColumn - 1 : line.size();
  end = std::clamp(end, column + 1, std::max(start + kWidth, column + 1));
  start = atCharacter(line, start);
  size_t windowEnd = atCharacter(line, std::min(start + kWidth, line.size()));
  size_t before = cellsOf(line.slice(start, column)).columns;
  size_t marked = std::max<size_t>(cellsOf(line.slice(column, end)).columns, 1);
  std::string number = std::to_string(range.line);
  out << ' ' << number << " | " << cellsOf(line.slice(start, windowEnd)).text
      << '\n';
  out << ' ' << std::string(number.size(), ' ') << " | "
      << std::string(before, ' ');
  painter.paint(llvm::raw_ostream::GREEN, "^" + std::string(marked - 1, '~'));
  out << '\n';
}

static void writeOne(llvm::raw_ostream &out, Painter &painter,
                     const Sources &sources, const Diagnostic &diagnostic) {
  writePlace(out, sources, diagnostic.range);
  painter.paint(colourOf(diagnostic.severity),
                (spelling(diagnostic.severity) + "[" + code(diagnostic.kind) +
                 "]")
                    .str());
  out << ": " << diagnostic.message << '\n';
  if (!diagnostic.range.isNowhere())
    writeSnippet(out, painter, sources, diagnostic.range);
  for (const std::string &hint : diagnostic.hints)
    out << "  hint: " << hint << '\n';
  for (const FixIt &fix : diagnostic.fixes)
    out << "  fix: at " << fix.range.line << ':' << fix.range.column
        << (fix.text.empty() ? " remove this" : " write `" + shown(fix.text, 200) + "`")
        << '\n';
  for (const Note &note : diagnostic.notes) {
    writePlace(out, sources, note.range);
    out << "note: " << note.text << '\n';
    if (!note.range.isNowhere())
      writeSnippet(out, painter, sources, note.range);
  }
}

static void writeCount(llvm::raw_ostream &out, size_t count,
                       llvm::StringRef noun) {
  out << count << ' ' << noun << (count == 1 ? "" : "s");
}

void renderText(llvm::raw_ostream &out, const Sources &sources,
                const DiagnosticEngine &diags, Colours colours) {
  Painter painter(out, colours);
  size_t warnings = 0;
  for (const Diagnostic *diagnostic : diags.sorted()) {
    writeOne(out, painter, sources, *diagnostic);
    warnings += diagnostic->severity == Severity::Warning;
  }
  if (diags.dropped() > 0)
    out << "... and " << diags.dropped() << " more that are not shown\n";
  if (diags.errors() == 0 && warnings == 0)
    return;
  writeCount(out, diags.errors(), "error");
  out << ", ";
  writeCount(out, warnings, "warning");
  out << '\n';
}

} // namespace srt
