// Patterns of Dockerfiles: instructions, the words of commands, the parts of images.

import { patterns, rules, type Topic } from './cases.ts'

export const dockerfile: readonly Topic[] = [
  patterns('dockerfile', 'images by their parts', [
    ['FROM $IMAGE', '«FROM debian»\nRUN a'],
    ['FROM $IMAGE', '«FROM debian:12 AS base»'],
    ['FROM $IMAGE:latest', 'FROM a:1\n«FROM b:latest»'],
    ['FROM $IMAGE:$TAG', 'FROM a\n«FROM b:1»'],
    ['FROM $IMAGE:$TAG@$DIGEST', 'FROM b:1\n«FROM b:1@sha256:00»'],
    ['FROM localhost:5000/$X', 'FROM a'],
    ['FROM $IMAGE', '«FROM host:5000/a/b:1»'],
    ['FROM --platform=$P $IMAGE', '«FROM --platform=linux/amd64 a»\nFROM b'],
    ['FROM scratch', '«FROM scratch»'],
  ]),
  patterns('dockerfile', 'commands are words', [
    ['RUN sudo ...', '«RUN sudo make»\nRUN make'],
    ['RUN make', '«RUN make»\nRUN make all'],
    ['RUN ... make ...', '«RUN cd a && make all»'],
    ['RUN apt-get install ...', '«RUN apt-get update && apt-get install -y a»'],
    ['RUN apt-get install ... -y ...', 'RUN apt-get install a'],
    ['RUN $CMD ...', '«RUN cd /a»'],
    ['RUN ... | ...', '«RUN a | b»\nRUN a || b'],
    ['RUN ... \\\n  && make', '«RUN a \\\n  # says why\n  b \\\n  && make»'],
    ['apt-get update', 'RUN «apt-get update» && apt-get install a'],
    ['apt-get $X ...', 'RUN «apt-get update» && «apt-get install a»'],
    ['run make', '«RUN make»'],
    ['RUN make', '«run make»'],
  ]),
  patterns('dockerfile', 'lists and words', [
    ['CMD [...]', 'CMD a b\n«CMD ["a", "b"]»'],
    ['CMD ...', '«CMD a b»\n«CMD ["a"]»'],
    ['CMD ["a", $X]', '«CMD ["a", "b"]»'],
    ['SHELL [..., "pipefail", ...]', '«SHELL ["/bin/bash", "-o", "pipefail", "-c"]»'],
    ['ENTRYPOINT $...ALL', '«ENTRYPOINT a b»'],
    ['COPY $FROM $TO', '«COPY a b»\nCOPY a b c'],
    ['COPY $FROM $TO', '«COPY --chown=me a b»'],
    ['ENV $NAME=$VALUE', '«ENV A=1»\nENV A=1 B=2'],
    ['ARG $NAME', '«ARG A»\nARG B=1'],
    ['USER root', '«USER root»\nUSER me'],
    ['EXPOSE 22', '«EXPOSE 22»\nEXPOSE 80'],
    ['WORKDIR $DIR', '«WORKDIR /a b»'],
  ]),
  patterns('dockerfile', 'instructions follow each other', [
    ['USER root\n...\nUSER $X', 'FROM a\n«USER root\nRUN b\nUSER me»'],
    ['CMD ...\n...\nCMD ...', 'FROM a\n«CMD b\nCMD c»'],
    ['CMD ...\n...\nCMD ...', 'FROM a\nCMD b\nRUN c'],
  ]),
  rules('dockerfile', 'rules put instructions together', [
    [
      'patterns:\n  - pattern: FROM $IMAGE\n  - pattern-not: FROM $IMAGE:$TAG\n  - pattern-not: FROM scratch',
      '«FROM a»\nFROM b:1\nFROM scratch',
    ],
    [
      'patterns:\n  - pattern: CMD $...ARGS\n  - pattern-not-inside: |\n      USER $USER\n      ...',
      'FROM a\n«CMD b»',
    ],
    [
      'patterns:\n  - pattern: CMD $...ARGS\n  - pattern-not-inside: |\n      USER $USER\n      ...',
      'FROM a\nUSER me\nCMD b',
    ],
    [
      'patterns:\n  - pattern: EXPOSE $PORT\n  - metavariable-comparison:\n      metavariable: $PORT\n      comparison: int($PORT) > 65535',
      'EXPOSE 80\n«EXPOSE 70000»',
    ],
    [
      'options:\n  implicit_deep_exprstmt: false\npatterns:\n  - pattern: RUN $CMD ...\n  - metavariable-pattern:\n      metavariable: $CMD\n      pattern: cd',
      '«RUN cd a»\nRUN make && cd b',
    ],
  ]),
]
