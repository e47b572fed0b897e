// tools/srt-more/Trust.cpp: agreement to policies, and what it protects.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt-more/Trust.h"

#include "tools/srt-more/Store.h"
#include "tools/srt/Asker.h"
#include "tools/srt/Files.h"

#include "lib/Sim/EvalPolicy.h"
#include "lib/Sim/EventText.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"

#include <unistd.h>

namespace srt::command {

static std::string recordOf(const Job &job) {
  return job.places.state + "/trusted/" + digestOf({job.found.path});
}

Trust trustIn(const Job &job, const std::string &digest) {
  Bytes record = readFile(recordOf(job));
  if (!record.isThere || record.status.st_uid != geteuid() ||
      doubtOf(record.status) != Doubt::None)
    return Trust::Unknown;
  // The path, then digests.
  std::string text = record.text();
  llvm::SmallVector<llvm::StringRef, 8> lines;
  llvm::StringRef(text).split(lines, '\n');
  return llvm::is_contained(lines, digest) ? Trust::Agreed : Trust::Changed;
}

static std::string textsOf(const Job &job) { return recordOf(job) + ".texts"; }

/// What was agreed to, so that it can be said later what has changed. Text that
/// is no UTF-8 is not kept.
static void keepTexts(const Job &job, const Compiled &compiled) {
  llvm::json::Array rows;
  bool isText = true;
  for (size_t i = 0; i < compiled.texts.size(); ++i) {
    isText = isText && llvm::json::isUTF8(compiled.contents[i]) &&
             llvm::json::isUTF8(compiled.texts[i]);
    if (isText)
      rows.push_back(llvm::json::Object{{"path", compiled.texts[i]},
                                        {"text", compiled.contents[i]}});
  }
  std::string text;
  llvm::raw_string_ostream out(text);
  out << llvm::json::Value(llvm::json::Object{
      {"digest", compiled.digest}, {"texts", std::move(rows)}});
  unlink(textsOf(job).c_str());
  if (isText)
    (void)writeWhole(textsOf(job), text);
}

std::optional<Agreed> agreedBefore(const Job &job) {
  Bytes kept = readFile(textsOf(job));
  if (!kept.isThere || kept.status.st_uid != geteuid() ||
      doubtOf(kept.status) != Doubt::None)
    return std::nullopt;
  llvm::Expected<llvm::json::Value> read = llvm::json::parse(kept.text());
  if (!read) {
    llvm::consumeError(read.takeError());
    return std::nullopt;
  }
  const llvm::json::Object *object = read->getAsObject();
  const llvm::json::Array *rows = object ? object->getArray("texts") : nullptr;
  std::optional<llvm::StringRef> digest =
      object ? object->getString("digest") : std::nullopt;
  // They count only beside the agreement itself.
  if (!rows || !digest || trustIn(job, digest->str()) != Trust::Agreed)
    return std::nullopt;
  Agreed agreed;
  for (const llvm::json::Value &row : *rows) {
    const llvm::json::Object *text = row.getAsObject();
    std::optional<llvm::StringRef> path = text ? text->getString("path") : std::nullopt;
    std::optional<llvm::StringRef> body = text ? text->getString("text") : std::nullopt;
    if (!path || !body || !sim::isResolvedPath(*path))
      return std::nullopt;
    agreed.texts.push_back(path->str());
    agreed.contents.push_back(body->str());
  }
  return agreed;
}

bool agree(const Job &job, const Compiled &compiled, std::string &problem) {
  if (!makeFolder(job.places.state, problem) ||
      !makeFolder(job.places.state + "/trusted", problem))
    return false;
  // Only what was agreed to last: an older text may have been replaced for a
  // reason.
  std::string record = job.found.path + "\n" + compiled.digest + "\n";
  if (writeWhole(recordOf(job), record)) {
    keepTexts(job, compiled);
    return true;
  }
  problem = "cannot write `" + recordOf(job) + "`";
  return false;
}

bool forget(const Job &job) {
  bool wasThere = unlink(recordOf(job).c_str()) == 0;
  unlink(textsOf(job).c_str());
  std::error_code error;
  for (llvm::sys::fs::directory_iterator at(job.places.cache, error), end;
       at != end && !error; at.increment(error))
    unlink(at->path().c_str());
  return wasThere;
}

/// Whether some way of changing the file at `path` is open to the command.
static bool mayWrite(const std::string &path, const Job &job,
                     const ir::Policy &policy) {
  sim::Bindings bindings = bindingsFor(policy, job);
  for (ir::ActionId leaf : ir::leavesOf(*ir::actionNamed("write"))) {
    sim::Event event{leaf, sim::Name{path}};
    // Metadata alone makes no other text.
    if (leaf != ir::ActionId::WriteMetadata &&
        sim::evalPolicy(policy, bindings, event).effect == ir::Effect::Allow)
      return true;
  }
  return false;
}

bool mayWriteIn(const std::string &folder, const Job &job,
                const ir::Policy &policy) {
  return !folder.empty() && mayWrite(folder + "/x", job, policy);
}

std::optional<Refusal> readableState(const Job &job, const ir::Policy &policy) {
  sim::Bindings bindings = bindingsFor(policy, job);
  for (const std::string &folder : {job.places.runtime, job.places.state}) {
    sim::Event event{ir::ActionId::ReadData, sim::Name{folder + "/running/x"}};
    if (!folder.empty() &&
        sim::evalPolicy(policy, bindings, event).effect == ir::Effect::Allow)
      return Refusal{"the policy lets the command read `" + folder +
                         "`: what else runs under srt, and what was denied",
                     "add `deny read.data, read.list \"" + folder + "\";` to it"};
  }
  return std::nullopt;
}

static std::optional<Refusal> refuseTexts(const Compiled &compiled) {
  for (const std::string &path : compiled.texts) {
    struct stat status;
    if (stat(path.c_str(), &status) != 0)
      return Refusal{"`" + path + "` has gone", ""};
    if (Doubt doubt = doubtOf(status); doubt != Doubt::None)
      return Refusal{"`" + path + "` " + text(doubt),
                     doubt == Doubt::OthersMayWrite ? "chmod go-w " + path : ""};
  }
  return std::nullopt;
}

/// Whether the command could change what srt goes by in one of its folders: any
/// file of it, or the very ones that count here.
static bool mayWriteAny(const std::string &folder, const Job &job,
                        const ir::Policy &policy) {
  if (folder.empty())
    return false;
  std::vector<std::string> files = {folder + "/answers/x", folder + "/trusted/x",
                                    answersOf(job.found, job.places),
                                    recordOf(job), textsOf(job)};
  for (const char *ending : {"srt", "yaml", "yml", "toml", "json"})
    files.push_back(folder + "/policy." + ending);
  return mayWriteIn(folder, job, policy) ||
         llvm::any_of(files, [&](const std::string &file) {
           return llvm::StringRef(file).starts_with(folder + "/") &&
                  mayWrite(file, job, policy);
         });
}

static std::optional<Refusal> refuseFolders(const Job &job,
                                            const Compiled &compiled) {
  for (const std::string &folder :
       {job.places.config, job.places.state, job.places.runtime})
    if (mayWriteAny(folder, job, compiled.policy))
      return Refusal{"the policy lets the command write `" + folder +
                         "`, where srt keeps what it goes by",
                     "add `deny write \"" + folder +
                         "\";` to it, or extend std/startup.srt"};
  return std::nullopt;
}

/// Whether the command could have written the policy that it runs under.
static bool isOwnAuthor(const Job &job, const Compiled &compiled) {
  return llvm::any_of(compiled.texts, [&](const std::string &path) {
    return mayWrite(path, job, compiled.policy);
  });
}

static std::optional<Refusal> refuseUntrusted(const Job &job,
                                              const Compiled &compiled) {
  bool isGiven = job.found.choice == Choice::Given;
  if (job.found.choice == Choice::Default ||
      (isGiven && !isOwnAuthor(job, compiled)))
    return std::nullopt;
  if (job.found.choice == Choice::User) {
    if (!isOwnAuthor(job, compiled))
      return std::nullopt;
    return Refusal{"the policy lets the command write the policy itself", ""};
  }
  std::string option = isGiven ? " --policy " + job.found.path : "";
  switch (trustIn(job, compiled.digest)) {
  case Trust::Agreed:
    return std::nullopt;
  case Trust::Changed:
    return Refusal{"`" + job.found.path + "` has changed since you agreed to it",
                   "srt trust" + option + " shows what changed, and asks"};
  case Trust::Unknown:
    break;
  }
  // Who names a file for the first time has agreed to it by that.
  std::string problem;
  if (isGiven && agree(job, compiled, problem))
    return std::nullopt;
  if (isGiven)
    return Refusal{"the policy lets the command write the policy itself, and "
                   "there is no place to remember it: " + problem, ""};
  return Refusal{"`" + job.found.path + "` came with the project, and nobody "
                 "has agreed to it yet",
                 "read it, then run: srt trust"};
}

std::optional<Refusal> refusalFor(const Job &job, const Compiled &compiled) {
  if (std::optional<Refusal> refusal = refuseTexts(compiled))
    return refusal;
  if (std::optional<Refusal> refusal = refuseFolders(job, compiled))
    return refusal;
  return refuseUntrusted(job, compiled);
}

} // namespace srt::command
