// test/Tools/srt-fault/Tracer.h: follows a program and its children, call by
// call. SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TEST_TOOLS_SRT_FAULT_TRACER_H
#define SRT_TEST_TOOLS_SRT_FAULT_TRACER_H

#include "test/Tools/srt-fault/Registers.h"

#include <map>
#include <string>
#include <vector>

namespace srt::fault {

/// Which call is to fail: the `number`th of the `process`th, counted from 0 and
/// 1, children in the order in which they are made. Number 0: none.
struct Wish {
  unsigned process = 0;
  unsigned number = 0;
  int error = 0;
};

struct Call {
  unsigned process;
  long number;      // of the system call
  bool isBeforeRun; // made before the command was executed
};

struct Outcome {
  std::vector<Call> calls;
  int status = -1;           // of the first process, as waitpid(2) has it
  bool hasRun = false;       // the command was executed
  long failed = -1;          // the system call that failed
  std::string program = "?"; // who made it, and the address of the code
  unsigned long caller = 0;
  bool wasBefore = false; // it did so before the command was executed
};

class Tracer {
public:
  /// `command`: the base name of the file whose execution is the command's.
  Tracer(const Wish &wish, std::string command)
      : wish(wish), command(std::move(command)) {}
  /// Starts the program, which must not be this one, and follows it to its end.
  Outcome run(char **argv);
  /// What is known while it runs.
  const Outcome &soFar() const { return outcome; }

private:
  struct Process {
    unsigned index;
    unsigned calls = 0;
    bool isInside = false; // between entry and exit of a call
    bool isDefused = false;
    Saved saved = {};
  };
  bool take(pid_t pid, int status);
  int stopped(pid_t pid, int status);
  void callStop(pid_t pid, Process &process);
  Process &processOf(pid_t pid);

  Wish wish;
  std::string command;
  Outcome outcome;
  pid_t first = 0;
  std::map<pid_t, Process> processes;
  unsigned made = 0;
  bool hasStarted = false; // the program itself was executed
};

} // namespace srt::fault

#endif
