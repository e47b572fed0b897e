// tools/srt-more/HookVerb.cpp: srt hook, answers to the hooks of agents.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt-more/Hook.h"
#include "tools/srt-more/Verb.h"

#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

namespace srt::command {

int runHook(const Job &given) {
  Job job = given;
  std::string agent;
  CLI::App app("answer the hook of an agent: read its JSON on standard input",
               "srt hook");
  app.add_option("AGENT", agent, "claude-code")
      ->required()
      ->check(CLI::IsMember({"claude-code"}));
  app.add_option("--policy", job.request.policy, "FILE instead of what is found");
  app.footer("Examples:\n  echo '{\"tool_name\":\"Bash\",\"tool_input\":{\"command\":"
             "\"make\"}}' | srt hook claude-code\n\n"
             "Exit status: 0 answered, 2 the question made no sense, which stops "
             "the agent's tool.");
  parseWords(app, job);
  auto buffer = llvm::MemoryBuffer::getSTDIN();
  std::string problem = "standard input cannot be read";
  std::optional<std::string> answer;
  if (buffer)
    answer = answerHook((*buffer)->getBuffer(), job, problem);
  if (!answer) {
    complain(problem);
    return kUsage;
  }
  llvm::outs() << *answer;
  return kDone;
}

} // namespace srt::command
