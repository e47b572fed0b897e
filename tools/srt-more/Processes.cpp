// tools/srt-more/Processes.cpp: reads /proc.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt-more/Processes.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

namespace srt::command {

/// The number behind `key` in a text of lines, or 0.
static int64_t numberAfter(llvm::StringRef text, llvm::StringRef key) {
  size_t at = text.find(("\n" + key).str());
  int64_t number = 0;
  if (at == llvm::StringRef::npos)
    return 0;
  text.substr(at + 1 + key.size()).ltrim().consumeInteger(10, number);
  return number;
}

static Process readProcess(long pid) {
  Process process;
  auto file = llvm::MemoryBuffer::getFileAsStream("/proc/" + std::to_string(pid) +
                                                  "/status");
  if (!file)
    return process; // it has gone
  llvm::StringRef text = (*file)->getBuffer();
  process.pid = pid;
  process.parent = long(numberAfter(text, "PPid:"));
  process.memory = numberAfter(text, "VmRSS:");
  process.filters = unsigned(numberAfter(text, "Seccomp_filters:"));
  llvm::StringRef first = text.split('\n').first;
  process.name = first.consume_front("Name:") ? first.trim().str() : "";
  return process;
}

std::vector<Process> allProcesses() {
  std::vector<Process> all;
  std::error_code error;
  for (llvm::sys::fs::directory_iterator at("/proc", error), end;
       at != end && !error; at.increment(error)) {
    long pid = 0;
    if (llvm::sys::path::filename(at->path()).getAsInteger(10, pid))
      continue;
    Process process = readProcess(pid);
    if (process.pid != 0)
      all.push_back(std::move(process));
  }
  llvm::sort(all, [](const Process &one, const Process &other) {
    return one.pid < other.pid;
  });
  return all;
}

Process processNumbered(const std::vector<Process> &all, long pid) {
  auto found = llvm::find_if(
      all, [&](const Process &process) { return process.pid == pid; });
  return found == all.end() ? Process() : *found;
}

std::vector<size_t> treeOf(const std::vector<Process> &all, long root) {
  std::vector<size_t> tree;
  for (size_t i = 0; i < all.size(); ++i)
    if (all[i].pid == root)
      tree.push_back(i);
  // Each process has one parent, so none comes twice.
  for (size_t next = 0; next < tree.size(); ++next)
    for (size_t i = 0; i < all.size(); ++i)
      if (all[i].parent == all[tree[next]].pid && all[i].pid != root)
        tree.push_back(i);
  return tree;
}

} // namespace srt::command
