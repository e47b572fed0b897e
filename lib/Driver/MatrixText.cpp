// lib/Driver/MatrixText.cpp: the table for people, and for programs.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Driver/Matrix.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"

#include <set>

namespace srt {

/// Longer texts are cut, so that a row stays a line.
static constexpr size_t kSaysWidth = 40;

static std::string cut(llvm::StringRef text) {
  if (text.size() <= kSaysWidth)
    return text.str();
  return text.take_front(kSaysWidth - 3).str() + "...";
}

/// "linux-6.1" is "6.1" at the head of a column.
static llvm::StringRef headOf(llvm::StringRef target) {
  target.consume_front("linux-");
  return target;
}

static void writeRow(llvm::raw_ostream &out, llvm::StringRef place,
                     llvm::StringRef says, llvm::StringRef cost,
                     llvm::StringRef oldest) {
  out << llvm::left_justify(place, 6) << ' '
      << llvm::left_justify(says, kSaysWidth) << ' '
      << llvm::left_justify(cost, 8) << llvm::left_justify(oldest, 7);
}

/// Each reason once, with the first place that has it.
static void writeReasons(llvm::raw_ostream &out, const Matrix &matrix) {
  for (const MatrixRow &row : matrix.rows) {
    std::set<std::string> told;
    for (size_t i = 0; i < row.reasons.size(); ++i) {
      if (row.reasons[i].empty() || !told.insert(row.reasons[i]).second)
        continue;
      std::string place =
          row.range.isNowhere() ? "policy" : "line " + std::to_string(row.range.line);
      out << place << " on " << matrix.targets[i] << ": " << row.reasons[i]
          << '\n';
    }
  }
}

void writeMatrix(llvm::raw_ostream &out, const Matrix &matrix) {
  writeRow(out, "line", "says", "cost", "since");
  for (const std::string &target : matrix.targets)
    out << ' ' << llvm::left_justify(headOf(target), 8);
  out << '\n';
  for (const MatrixRow &row : matrix.rows) {
    std::string place =
        row.range.isNowhere() ? "" : std::to_string(row.range.line);
    writeRow(out, place, cut(row.says), row.cost, headOf(row.oldest));
    for (Fate fate : row.fates)
      out << ' ' << llvm::left_justify(spelling(fate), 8);
    out << '\n';
  }
  out << '\n';
  writeReasons(out, matrix);
}

void writeMatrixJson(llvm::raw_ostream &out, const Matrix &matrix,
                     const Sources &sources) {
  for (const MatrixRow &row : matrix.rows) {
    llvm::json::Object fates;
    for (size_t i = 0; i < row.fates.size(); ++i) {
      llvm::json::Object cell{{"fate", spelling(row.fates[i])}};
      if (!row.reasons[i].empty())
        cell["why"] = llvm::json::fixUTF8(row.reasons[i]);
      fates[matrix.targets[i]] = std::move(cell);
    }
    llvm::json::Object object{{"says", llvm::json::fixUTF8(row.says)},
                              {"cost", row.cost},
                              {"since", row.oldest},
                              {"targets", std::move(fates)}};
    if (!row.range.isNowhere()) {
      object["file"] = llvm::json::fixUTF8(sources.name(row.range.file));
      object["line"] = row.range.line;
    }
    out << llvm::json::Value(std::move(object)) << '\n';
  }
}

} // namespace srt
