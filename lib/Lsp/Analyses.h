// lib/Lsp/Analyses.h: diagnostics of the open documents, kept up to date.
// SPDX-License-Identifier: Apache-2.0
//
// One document at a time, when nobody has typed in it for a moment. What is
// being found out about an older text is dropped.
#ifndef SRT_LIB_LSP_ANALYSES_H
#define SRT_LIB_LSP_ANALYSES_H

#include "lib/Lsp/Diagnostics.h"
#include "lib/Lsp/Job.h"
#include "lib/Lsp/Workspace.h"

#include "llvm/Support/JSON.h"

namespace srt::lsp {

/// How work is bounded.
struct Bounds {
  std::chrono::seconds limit{10}; // for one answer
  Workplace place = Workplace::Child;
};

using Publish =
    std::function<void(const Document &, const llvm::json::Array &)>;

class Analyses {
public:
  /// Requires: the workspace outlives it.
  Analyses(const Workspace &workspace, Bounds bounds, Publish publish)
      : workspace(workspace), bounds(bounds), publish(std::move(publish)) {}

  /// The document has another text.
  void change(const Document &document);
  /// Files on disk are others: all but `saved` may import them.
  void refreshOthers(const Document *saved);
  void close(const llvm::lsp::URIForFile &uri);

  /// What was found in the document as it is now; null if not known yet.
  const llvm::json::Array *found(const Document &document) const;

  /// Takes what a child has to say, ends one that takes too long, and starts
  /// the next. `isReadable`: fd() is.
  enum class Readable : uint8_t { No, Yes };
  void step(Readable isReadable);
  /// Does everything that is due, and waits for it.
  void finishAll();

  /// What to wait for: a pipe (or -1), and milliseconds (-1: for ever).
  int fd() const { return job ? job->fd() : -1; }
  int timeout() const;

private:
  void schedule(const std::string &uri, Clock::time_point when);
  void start();
  void startJob(Depth depth);
  void finish(std::optional<std::string> text);
  void take(std::optional<llvm::json::Array> found);
  Work workOn(const Document &document, Depth depth) const;

  const Workspace &workspace;
  Bounds bounds;
  Publish publish;
  std::map<std::string, Clock::time_point> due; // by URI
  std::map<std::string, llvm::json::Array> results;
  std::unique_ptr<Job> job;
  std::string current; // the URI that the job is about
  Depth depth = Depth::All; // of the job
};

} // namespace srt::lsp

#endif
