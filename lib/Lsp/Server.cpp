// lib/Lsp/Server.cpp: the language server: requests in, answers out.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Lsp/Server.h"

#include "lib/Lsp/Completion.h"
#include "lib/Lsp/Diagnostics.h"
#include "lib/Lsp/Edits.h"
#include "lib/Lsp/Enforcement.h"
#include "lib/Lsp/Hover.h"
#include "lib/Lsp/Names.h"

#include <cerrno>
#include <poll.h>
#include <unistd.h>

namespace srt::lsp {

using namespace llvm::lsp;
using llvm::json::Array;
using llvm::json::Object;
using llvm::json::Value;

Server::Server(CompileOptions options, Bounds bounds, llvm::raw_ostream &out)
    : workspace{{}, std::move(options)}, bounds(bounds), out(out),
      analyses(workspace, bounds,
               [this](const Document &document, const Array &found) {
                 publish(document, found);
               }) {}

static llvm::Error failure(ErrorCode code, const llvm::Twine &why) {
  return llvm::make_error<LSPError>(why.str(), code);
}

/// Answers with an error, and returns false, outside of initialize..shutdown.
bool Server::isRunning(Reply &reply) {
  switch (state) {
  case State::Running:
    return true;
  case State::Created:
    reply(failure(ErrorCode::ServerNotInitialized,
                  "the first request is `initialize`"));
    return false;
  case State::ShutDown:
    reply(failure(ErrorCode::InvalidRequest, "nothing follows `shutdown`"));
    return false;
  }
  return false;
}

/// An answer as text, so that it can come out of a child.
static std::string textOf(llvm::Expected<Value> answer) {
  if (answer)
    return llvm::formatv("{0}", Value(Object{{"result", *answer}})).str();
  std::string why;
  llvm::handleAllErrors(
      answer.takeError(), [&](const LSPError &error) { why = error.message; },
      [&](const llvm::ErrorInfoBase &error) { why = error.message(); });
  return llvm::formatv("{0}", Value(Object{{"error", llvm::json::fixUTF8(why)}}))
      .str();
}

/// And back. Requires: `text` came from textOf(), or was cut.
static llvm::Expected<Value> answerOf(std::optional<std::string> text) {
  auto parsed = llvm::json::parse(text ? *text : std::string("null"));
  if (!parsed)
    return parsed.takeError();
  Object *parts = parsed->getAsObject();
  if (!parts)
    return failure(ErrorCode::RequestFailed,
                   "the answer takes too long, or cannot be found");
  if (auto why = parts->getString("error"))
    return failure(ErrorCode::RequestFailed, *why);
  Value *result = parts->get("result");
  return result ? std::move(*result) : Value(nullptr);
}

void Server::ask(const TextDocumentIdentifier &id, Reply reply,
                 const Answer &answer) {
  if (!isRunning(reply))
    return;
  const Document *document = workspace.documents.find(id.uri);
  if (!document)
    return reply(failure(ErrorCode::InvalidParams,
                         "the document is not open: " + id.uri.uri()));
  auto work = [&] { return textOf(answer({workspace, *document})); };
  reply(answerOf(finished(bounds.place, work, bounds.limit)));
}

void Server::publish(const Document &document, const Array &found) {
  transport->notify("textDocument/publishDiagnostics",
                    Object{{"uri", document.uri},
                           {"version", document.version},
                           {"diagnostics", Array(found)}});
}

void Server::initialize(const NoParams &, Reply reply) {
  if (state != State::Created)
    return reply(failure(ErrorCode::InvalidRequest,
                         "`initialize` was sent before"));
  state = State::Running;
  Object sync{{"openClose", true},
              {"change", int(TextDocumentSyncKind::Incremental)},
              {"save", true}};
  Object completion{{"triggerCharacters", Array{"\"", "{", "@", "/"}}};
  Object capabilities{
      {"positionEncoding", "utf-16"},
      {"textDocumentSync", std::move(sync)},
      {"completionProvider", std::move(completion)},
      {"hoverProvider", true},
      {"definitionProvider", true},
      {"renameProvider", Object{{"prepareProvider", true}}},
      {"documentFormattingProvider", true},
      {"codeActionProvider", Object{{"codeActionKinds", Array{"quickfix"}}}},
      {"inlayHintProvider", true}};
  reply(Object{
      {"capabilities", std::move(capabilities)},
      {"serverInfo",
       Object{{"name", "srt-lsp"}, {"version", SRT_VERSION_TEXT}}}});
}

void Server::shutdown(const NoParams &, Reply reply) {
  if (!isRunning(reply))
    return;
  state = State::ShutDown;
  reply(nullptr);
}

void Server::didOpen(const DidOpenTextDocumentParams &params) {
  if (state != State::Running)
    return;
  if (const Document *document = workspace.documents.open(params))
    analyses.change(*document);
}

void Server::didChange(const DidChangeTextDocumentParams &params) {
  if (const Document *document = workspace.documents.change(params))
    analyses.change(*document);
}

void Server::didSave(const DocumentParams &params) {
  analyses.refreshOthers(workspace.documents.find(params.textDocument.uri));
}

void Server::filesChanged(const NoParams &) { analyses.refreshOthers(nullptr); }

void Server::didClose(const DidCloseTextDocumentParams &params) {
  const Document *document = workspace.documents.find(params.textDocument.uri);
  if (!document)
    return;
  publish(*document, {}); // or they would stay for ever
  analyses.close(document->uri);
  workspace.documents.close(params.textDocument.uri);
}

void Server::hover(const TextDocumentPositionParams &params, Reply reply) {
  ask(params.textDocument, std::move(reply), [&](const Query &query) {
    return hoverAt(query, params.position);
  });
}

void Server::complete(const TextDocumentPositionParams &params, Reply reply) {
  ask(params.textDocument, std::move(reply), [&](const Query &query) {
    return isSrt(query.document) ? completionsAt(query, params.position)
                                 : Value(CompletionList());
  });
}

void Server::define(const TextDocumentPositionParams &params, Reply reply) {
  ask(params.textDocument, std::move(reply), [&](const Query &query) {
    return definitionAt(query, params.position);
  });
}

void Server::prepareRename(const TextDocumentPositionParams &params,
                           Reply reply) {
  ask(params.textDocument, std::move(reply), [&](const Query &query) {
    return renamableAt(query, params.position);
  });
}

void Server::rename(const RenameParams &params, Reply reply) {
  ask(params.textDocument, std::move(reply), [&](const Query &query) {
    return renameAt(query, params.position, params.newName);
  });
}

void Server::format(const DocumentParams &params, Reply reply) {
  ask(params.textDocument, std::move(reply),
      [&](const Query &query) { return layoutOf(query); });
}

void Server::fix(const CodeActionParams &params, Reply reply) {
  ask(params.textDocument, std::move(reply), [&](const Query &query) {
    const Array *found = analyses.found(query.document);
    return fixesIn(query.document, found ? *found : diagnosticsOf(query),
                   params.range);
  });
}

void Server::inlayHints(const InlayHintsParams &params, Reply reply) {
  ask(params.textDocument, std::move(reply), [&](const Query &query) {
    return inlayHintsIn(query, params.range);
  });
}

void Server::addMethods(MessageHandler &handler) {
  handler.method("initialize", this, &Server::initialize);
  handler.method("shutdown", this, &Server::shutdown);
  handler.notification("initialized", this, &Server::ignore);
  handler.notification("textDocument/didOpen", this, &Server::didOpen);
  handler.notification("textDocument/didChange", this, &Server::didChange);
  handler.notification("textDocument/didSave", this, &Server::didSave);
  handler.notification("textDocument/didClose", this, &Server::didClose);
  handler.notification("workspace/didChangeWatchedFiles", this,
                       &Server::filesChanged);
  handler.method("textDocument/hover", this, &Server::hover);
  handler.method("textDocument/completion", this, &Server::complete);
  handler.method("textDocument/definition", this, &Server::define);
  handler.method("textDocument/prepareRename", this, &Server::prepareRename);
  handler.method("textDocument/rename", this, &Server::rename);
  handler.method("textDocument/formatting", this, &Server::format);
  handler.method("textDocument/codeAction", this, &Server::fix);
  handler.method("textDocument/inlayHint", this, &Server::inlayHints);
}

int Server::serve(ReadBytes read) {
  auto refuse = [this](Refusal refusal) {
    transport->reply(std::move(refusal.id), failure(refusal.code, refusal.why));
  };
  auto readAfterWork = [&](char *into, size_t size) {
    if (bounds.place == Workplace::Inline)
      analyses.finishAll();
    return read(into, size);
  };
  transport = std::make_unique<JSONTransport>(
      std::make_unique<MessageInput>(readAfterWork, refuse), out);
  MessageHandler handler(*transport);
  addMethods(handler);
  // An input that ends without `exit` is an error for LLVM; the status says it.
  llvm::consumeError(transport->run(handler));
  return state == State::ShutDown ? 0 : 1;
}

int Server::serve(int fd) {
  return serve([this, fd](char *into, size_t size) -> size_t {
    while (true) {
      pollfd waited[2] = {{fd, POLLIN, 0}, {analyses.fd(), POLLIN, 0}};
      poll(waited, 2, analyses.timeout()); // poll(2) passes over -1
      analyses.step(waited[1].revents ? Analyses::Readable::Yes
                                      : Analyses::Readable::No);
      if (!waited[0].revents)
        continue;
      ssize_t got = ::read(fd, into, size);
      if (got >= 0 || errno != EINTR)
        return got > 0 ? size_t(got) : 0;
    }
  });
}

} // namespace srt::lsp
