/* test/Broker/Inputs/drive.c: drive TREE COMMAND...: makes calls in a sandbox, one
 * by one, in a tree that is always the same. SPDX-License-Identifier: Apache-2.0
 *
 * A line of standard input is a call for try.c and a sign: `+` it must succeed,
 * `-` it must not, `?` either. COMMAND, which is under the sandbox, makes it; then the
 * tree is as it was again, in place, for the sandbox holds on to the directories.
 * The first difference is printed, and the exit status is 1; at the end, how many
 * calls there were. Links with nothing, for machines that have nothing. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const folders[] = {"", "d", "d/d", "e"};
static const char *const names[] = {"a", "b", ".env", "k.pem"};
#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static void fail(const char *what) {
  perror(what);
  exit(2);
}

static void make_file(const char *folder, const char *name) {
  char path[8192];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  unlink(path);
  int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0644);
  if (fd < 0 || write(fd, name, strlen(name)) < 0)
    fail(path);
  close(fd);
}

static void make_tree(const char *tree) {
  char path[4096];
  for (size_t i = 0; i < COUNT(folders); ++i) {
    snprintf(path, sizeof path, "%s/%s", tree, folders[i]);
    mkdir(path, 0755);
    for (size_t j = 0; j < COUNT(names); ++j)
      make_file(path, names[j]);
    strcat(path, "/new");
    if (unlink(path) < 0 && rmdir(path) < 0 && errno != ENOENT)
      fail(path);
  }
}

/* The command, and the two ends of what it is told and says. */
static pid_t start(char **command, FILE **to, FILE **from) {
  int in[2], out[2];
  if (pipe(in) < 0 || pipe(out) < 0)
    fail("pipe");
  pid_t pid = fork();
  if (pid == 0) {
    dup2(in[0], 0);
    dup2(out[1], 1);
    for (int fd = 3; fd < 16; ++fd)
      close(fd);
    execvp(command[0], command);
    fail(command[0]);
  }
  close(in[0]);
  close(out[1]);
  *to = fdopen(in[1], "w");
  *from = fdopen(out[0], "r");
  return pid;
}

static struct {
  unsigned calls, ok, denied, narrower;
} count;

/* Whether a result is one that may be. */
static int take(const char *call, char sign, const char *said) {
  int is_ok = !strcmp(said, "ok");
  int is_wrong = (sign == '-' && is_ok) || (sign == '+' && !is_ok);
  ++count.calls;
  ++*(is_ok ? &count.ok : &count.denied);
  count.narrower += sign == '?' && !is_ok;
  if (is_wrong)
    printf("%s %s: %s\n", is_ok ? "WIDER" : "narrower", call, said);
  return !is_wrong;
}

int main(int argc, char **argv) {
  char line[8300], said[64];
  FILE *to, *from;
  int status, is_right = 1;
  if (argc < 3)
    return 2;
  signal(SIGPIPE, SIG_IGN);
  make_tree(argv[1]);
  pid_t pid = start(argv + 2, &to, &from);
  while (is_right && fgets(line, sizeof line, stdin)) {
    char *sign = strrchr(line, ' ');
    *sign++ = 0;
    fprintf(to, "%s\n", line);
    fflush(to);
    if (!fgets(said, sizeof said, from)) {
      printf("ended %s\n", line);
      return 1;
    }
    said[strcspn(said, "\n")] = 0;
    make_tree(argv[1]);
    is_right = take(line, *sign, said);
  }
  fclose(to);
  waitpid(pid, &status, 0);
  if (is_right)
    printf("%u calls, %u ok, %u denied, %u narrower\n", count.calls, count.ok,
           count.denied, count.narrower);
  return !is_right;
}
