// lib/Lsp/Analyses.cpp: diagnostics of the open documents, kept up to date.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Lsp/Analyses.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>

namespace srt::lsp {

using llvm::json::Array;

/// Longer than the time between two keys, shorter than anybody waits.
static constexpr std::chrono::milliseconds kPause{100};

void Analyses::schedule(const std::string &uri, Clock::time_point when) {
  results.erase(uri);
  due[uri] = when;
  if (current == uri) {
    job.reset();
    current.clear();
  }
}

void Analyses::change(const Document &document) {
  schedule(document.uri.uri().str(), Clock::now() + kPause);
}

void Analyses::refreshOthers(const Document *saved) {
  for (const auto &[uri, document] : workspace.documents.all())
    if (&document != saved)
      schedule(uri, Clock::now());
}

void Analyses::close(const llvm::lsp::URIForFile &uri) {
  schedule(uri.uri().str(), Clock::now());
  due.erase(uri.uri().str());
}

const Array *Analyses::found(const Document &document) const {
  auto result = results.find(document.uri.uri().str());
  return result == results.end() ? nullptr : &result->second;
}

Work Analyses::workOn(const Document &document, Depth depth) const {
  return [this, &document, depth] {
    llvm::json::Value found = diagnosticsOf({workspace, document}, depth);
    return llvm::formatv("{0}", found).str();
  };
}

/// Starts on the document that has been due for longest.
void Analyses::start() {
  auto first = std::min_element(
      due.begin(), due.end(),
      [](const auto &a, const auto &b) { return a.second < b.second; });
  if (job || first == due.end() || first->second > Clock::now())
    return;
  current = first->first;
  due.erase(first);
  startJob(Depth::All);
}

void Analyses::startJob(Depth wanted) {
  depth = wanted;
  job = Job::start(workOn(workspace.documents.all().at(current), depth),
                   bounds.limit);
  if (!job)
    take(std::nullopt);
}

/// What a child wrote; nothing if it did not get to the end.
static std::optional<Array> arrayOf(const std::optional<std::string> &text) {
  auto parsed = llvm::json::parse(text ? *text : std::string("null"));
  if (!parsed)
    llvm::consumeError(parsed.takeError());
  if (!parsed || !parsed->getAsArray())
    return std::nullopt;
  return std::move(*parsed->getAsArray());
}

/// What a job came to. One that was stopped is followed by one that plans
/// only: what the target refuses is worth knowing even then.
void Analyses::finish(std::optional<std::string> text) {
  std::optional<Array> found = arrayOf(text);
  if (!found && depth == Depth::All)
    return startJob(Depth::Plan);
  take(std::move(found));
}

void Analyses::take(std::optional<Array> read) {
  Array found;
  if (!read || depth == Depth::Plan)
    found = noticeOf("the analysis was stopped: it took more than " +
                     std::to_string(bounds.limit.count()) +
                     " s, or more memory than there is, or failed; `srtc "
                     "check` has no limit");
  if (read)
    llvm::append_range(found, *read);
  std::string uri = std::move(current);
  current.clear();
  job.reset();
  auto document = workspace.documents.all().find(uri);
  if (document == workspace.documents.all().end())
    return;
  const Array &kept = results[uri] = std::move(found);
  publish(document->second, kept);
}

void Analyses::step(Readable isReadable) {
  if (job && isReadable == Readable::Yes && job->readSome())
    finish(job->result());
  else if (job && job->isOverdue())
    finish(std::nullopt);
  start();
}

void Analyses::finishAll() {
  while (!due.empty()) {
    current = due.begin()->first;
    due.erase(due.begin());
    depth = Depth::All;
    Work work = workOn(workspace.documents.all().at(current), depth);
    take(arrayOf(finished(bounds.place, work, bounds.limit)));
  }
}

int Analyses::timeout() const {
  if (!job && due.empty())
    return -1;
  Clock::time_point next = job ? job->due() : Clock::time_point::max();
  // While a job runs, nothing else is started.
  if (!job)
    for (const auto &[uri, when] : due)
      next = std::min(next, when);
  auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
      next - Clock::now());
  return int(std::clamp<int64_t>(left.count() + 1, 0, 60 * 1000));
}

} // namespace srt::lsp
