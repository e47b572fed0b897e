// lib/Lsp/Server.h: the language server: requests in, answers out.
// SPDX-License-Identifier: Apache-2.0
//
// Everything that looks at a text does so in a child process with a time limit
// (lib/Lsp/Job.h). Nothing is written but the answers; nothing is read but what
// documents import.
#ifndef SRT_LIB_LSP_SERVER_H
#define SRT_LIB_LSP_SERVER_H

#include "lib/Lsp/Analyses.h"
#include "lib/Lsp/MessageInput.h"
#include "lib/Lsp/Params.h"

namespace srt::lsp {

class Server {
public:
  Server(CompileOptions options, Bounds bounds, llvm::raw_ostream &out);

  /// Serves what `fd` says until it ends or an `exit` comes. The exit status:
  /// 0 after a `shutdown`, 1 without one (LSP 3.17, "Exit Notification").
  int serve(int fd);
  /// The same for bytes from anywhere; diagnostics come before each read.
  int serve(ReadBytes read);

private:
  using Reply = llvm::lsp::Callback<llvm::json::Value>;
  using Answer =
      std::function<llvm::Expected<llvm::json::Value>(const Query &)>;
  enum class State : uint8_t { Created, Running, ShutDown };

  void addMethods(llvm::lsp::MessageHandler &handler);
  bool isRunning(Reply &reply);
  void ask(const llvm::lsp::TextDocumentIdentifier &id, Reply reply,
           const Answer &answer);
  void publish(const Document &document, const llvm::json::Array &found);

  void initialize(const llvm::lsp::NoParams &, Reply reply);
  void shutdown(const llvm::lsp::NoParams &, Reply reply);
  void ignore(const llvm::lsp::NoParams &) {}
  void didOpen(const llvm::lsp::DidOpenTextDocumentParams &params);
  void didChange(const llvm::lsp::DidChangeTextDocumentParams &params);
  void didSave(const DocumentParams &params);
  void didClose(const llvm::lsp::DidCloseTextDocumentParams &params);
  void filesChanged(const llvm::lsp::NoParams &);
  void hover(const llvm::lsp::TextDocumentPositionParams &params, Reply reply);
  void complete(const llvm::lsp::TextDocumentPositionParams &params,
                Reply reply);
  void define(const llvm::lsp::TextDocumentPositionParams &params, Reply reply);
  void prepareRename(const llvm::lsp::TextDocumentPositionParams &params,
                     Reply reply);
  void rename(const RenameParams &params, Reply reply);
  void format(const DocumentParams &params, Reply reply);
  void fix(const llvm::lsp::CodeActionParams &params, Reply reply);
  void inlayHints(const llvm::lsp::InlayHintsParams &params, Reply reply);

  Workspace workspace;
  Bounds bounds;
  llvm::raw_ostream &out;
  Analyses analyses;
  std::unique_ptr<llvm::lsp::JSONTransport> transport;
  State state = State::Created;
};

} // namespace srt::lsp

#endif
