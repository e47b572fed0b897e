// test/Tools/srt-sbpl-check/main.cpp: the test program of the macOS backend.
// SPDX-License-Identifier: Apache-2.0
//
//   srt-sbpl-check emit FILE.srtir
//   srt-sbpl-check eval PROFILE.sb [-D K=V]... [--old] OP KEY=VALUE...
//     keys: path, vnode (dir), name, target (self, same, others), ioctl (hex),
//     remote and local (tcp4:localhost:80, udp6:other:53)
//   srt-sbpl-check regex PATTERN TEXT
//   srt-sbpl-check agree FILE.srtir [--random N] [--seed S]
#include "Agree.h"

#include "lib/Backend/Sbpl.h"
#include "lib/Diag/Render.h"
#include "lib/IR/Read.h"

#include "llvm/Support/MemoryBuffer.h"

using namespace srt;

using Words = llvm::ArrayRef<llvm::StringRef>;

static int complain(llvm::StringRef text) {
  llvm::errs() << "srt-sbpl-check: " << text << '\n';
  return 2;
}

/// Reads IR text and emits its profile; diagnostics go to stderr.
static std::optional<ir::Policy> policyIn(llvm::StringRef path,
                                          std::string &profile) {
  auto buffer = llvm::MemoryBuffer::getFileOrSTDIN(path);
  if (!buffer) {
    complain("cannot read the file");
    return std::nullopt;
  }
  Sources sources;
  DiagnosticEngine diags;
  FileId file = sources.add(path, (*buffer)->getBuffer().str());
  auto policy = ir::readPolicy(sources, file, diags);
  bool isDone = policy && backend::emitSbpl(*policy, std::nullopt, diags, profile);
  renderText(llvm::errs(), sources, diags, Colours::Off);
  if (!isDone)
    return std::nullopt;
  return policy;
}

static sim::SbplSocket socketOf(llvm::StringRef text) {
  auto [protocol, rest] = text.split(':');
  auto [host, port] = rest.split(':');
  sim::SbplSocket socket;
  socket.isUdp = protocol.starts_with("udp");
  socket.isV6 = protocol.ends_with("6");
  socket.isLocalhost = host == "localhost";
  port.getAsInteger(10, socket.port);
  return socket;
}

/// Fills one part of a request from KEY=VALUE.
static void setPart(llvm::StringRef word, sim::SbplRequest &request) {
  auto [key, value] = word.split('=');
  if (key == "path")
    request.path = value.str();
  if (key == "name")
    request.name = value.str();
  if (key == "vnode" && value == "dir")
    request.vnode = sim::VnodeType::Directory;
  if (key == "target")
    request.target = value == "self"   ? sim::SbplTarget::Self
                     : value == "same" ? sim::SbplTarget::SameSandbox
                                       : sim::SbplTarget::Others;
  if (key == "ioctl")
    value.getAsInteger(16, request.ioctlCommand);
  if (key == "remote")
    request.remote = socketOf(value);
  if (key == "local")
    request.local = socketOf(value);
}

static int evalMode(Words words) {
  sim::SbplParams params;
  auto vocabulary = sim::SbplVocabulary::MacOs14;
  sim::SbplRequest request;
  llvm::StringRef operation;
  auto buffer = llvm::MemoryBuffer::getFileOrSTDIN(words[0]);
  if (!buffer)
    return complain("cannot read the file");
  for (words = words.drop_front(); !words.empty(); words = words.drop_front()) {
    llvm::StringRef word = words.front();
    if (word == "-D" && words.size() > 1) {
      words = words.drop_front();
      auto [name, value] = words.front().split('=');
      params[name.str()] = value.str();
    } else if (word == "--old") {
      vocabulary = sim::SbplVocabulary::MacOs10;
    } else if (operation.empty()) {
      operation = word;
    } else {
      setPart(word, request);
    }
  }
  std::string why;
  auto profile = sim::readSbpl((*buffer)->getBuffer(), params, vocabulary, why);
  if (!profile) {
    llvm::outs() << "refused: " << why << '\n';
    return 1;
  }
  llvm::outs() << (profile->permits(operation, request) ? "allow" : "deny")
               << '\n';
  return 0;
}

static int regexMode(Words words) {
  std::string why;
  auto regex = sim::SbplRegex::compile(words[0], why);
  if (!regex) {
    llvm::outs() << "refused: " << why << '\n';
    return 1;
  }
  bool isMatch = regex->matches(words.size() > 1 ? words[1] : "");
  llvm::outs() << (isMatch ? "match" : "no match") << '\n';
  return 0;
}

static int agreeMode(Words words) {
  std::string profile;
  auto policy = policyIn(words[0], profile);
  if (!policy)
    return 1;
  size_t count = 10000;
  uint64_t seed = 1;
  for (size_t i = 1; i + 1 < words.size(); i += 2)
    if (words[i] == "--random" ? words[i + 1].getAsInteger(10, count)
                               : words[i + 1].getAsInteger(10, seed))
      return complain("expected a number");
  return check::agree(*policy, profile, count, seed, llvm::outs());
}

int main(int argc, char **argv) {
  std::vector<llvm::StringRef> words(argv + 1, argv + argc);
  if (words.size() < 2)
    return complain("expected emit, eval, regex or agree, and a file");
  llvm::StringRef mode = words[0];
  Words rest = Words(words).drop_front();
  if (mode == "eval")
    return evalMode(rest);
  if (mode == "regex")
    return regexMode(rest);
  if (mode == "agree")
    return agreeMode(rest);
  std::string profile;
  if (!policyIn(rest[0], profile))
    return 1;
  llvm::outs() << profile;
  return 0;
}
