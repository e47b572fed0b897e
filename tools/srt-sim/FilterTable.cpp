// tools/srt-sim/FilterTable.cpp: a test bench for lib/Sim/EvalBpf.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt-sim/FilterTable.h"

#include "lib/Sim/EvalBpf.h"
#include "lib/Sim/VerdictTable.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

namespace srt::sim {

namespace {
using Fields = llvm::SmallVector<llvm::StringRef, 12>;

class FilterBench {
public:
  FilterBench(const Sources &sources, FileId file, DiagnosticEngine &diags)
      : sources(sources), file(file), diags(diags) {}
  std::optional<size_t> run();

private:
  void line(llvm::StringRef text);
  bool addInsn(const Fields &fields);
  bool runOnce(const Fields &fields);

  const Sources &sources;
  FileId file;
  DiagnosticEngine &diags;
  std::vector<BpfInsn> program;
  uint32_t number = 0; // of the line
  size_t disagreements = 0;
};
} // namespace

template <typename Number>
static bool read(llvm::StringRef text, Number &value) {
  return llvm::to_integer(text, value, 0);
}

bool FilterBench::addInsn(const Fields &fields) {
  BpfInsn insn;
  if (fields.size() != 5 || !read(fields[1], insn.code) ||
      !read(fields[2], insn.jt) || !read(fields[3], insn.jf) ||
      !read(fields[4], insn.k))
    return false;
  program.push_back(insn);
  return true;
}

bool FilterBench::runOnce(const Fields &fields) {
  SeccompData data;
  size_t count = fields.size();
  if (count < 5 || count > 11 || fields[count - 2] != "=" ||
      !read(fields[1], data.nr) || !read(fields[2], data.arch))
    return false;
  for (size_t i = 3; i < count - 2; ++i)
    if (!read(fields[i], data.args[i - 3]))
      return false;
  uint32_t wanted = 0;
  bool isRefusal = fields.back() == "refused";
  if (!isRefusal && !read(fields.back(), wanted))
    return false;
  std::string why;
  std::optional<uint32_t> value = evalBpf(program, data, why);
  if (!value)
    llvm::outs() << "refused: " << why << '\n';
  if (isRefusal ? !value : value == wanted)
    return true;
  ++disagreements;
  llvm::outs() << sources.name(file) << ':' << number << ": returns "
               << (value ? "0x" + llvm::utohexstr(*value, true) : "nothing")
               << ", expected " << fields.back() << '\n';
  return true;
}

void FilterBench::line(llvm::StringRef text) {
  Fields fields;
  llvm::SplitString(text.split('#').first, fields);
  if (fields.empty() || (fields[0] == "insn" && addInsn(fields)) ||
      (fields[0] == "run" && runOnce(fields)))
    return;
  reportTable({file, number, 1, number, uint32_t(text.size() + 1)},
              "write `insn CODE JT JF K` or `run NR ARCH ARGS = VALUE`", diags);
}

std::optional<size_t> FilterBench::run() {
  llvm::StringRef rest = sources.text(file);
  while (!rest.empty()) {
    auto [first, tail] = rest.split('\n');
    ++number;
    line(first);
    rest = tail;
  }
  if (diags.errors() != 0)
    return std::nullopt;
  return disagreements;
}

std::optional<size_t> runFilterTable(const Sources &sources, FileId file,
                                     DiagnosticEngine &diags) {
  return FilterBench(sources, file, diags).run();
}

} // namespace srt::sim
