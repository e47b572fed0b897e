/* test/Broker/Inputs/exec-threads.c: exec-threads COUNT THREADS PROGRAM: executes
 * PROGRAM in COUNT processes, by all threads at once. SPDX-License-Identifier:
 * Apache-2.0 */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static pthread_barrier_t barrier;
static char *program;

static void *execute(void *unused) {
  char *words[] = {program, NULL};
  (void)unused;
  pthread_barrier_wait(&barrier);
  do
    execv(program, words);
  while (errno == EAGAIN); /* another thread was first */
  return NULL;
}

int main(int argc, char **argv) {
  if (argc != 4)
    return 2;
  int ran = 0, failed = 0;
  program = argv[3];
  for (int i = 0; i < atoi(argv[1]); ++i) {
    pid_t pid = fork();
    if (pid == 0) {
      pthread_t thread;
      pthread_barrier_init(&barrier, NULL, (unsigned)atoi(argv[2]));
      for (int j = 1; j < atoi(argv[2]); ++j)
        pthread_create(&thread, NULL, execute, NULL);
      execute(NULL);
      _exit(9);
    }
    int status;
    waitpid(pid, &status, 0);
    status == 0 ? ++ran : ++failed;
  }
  printf("ran %d, failed %d\n", ran, failed);
  return 0;
}
