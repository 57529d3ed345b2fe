/** A shell command that is put together from values runs whatever those values say. */

import { isCheckedHere } from '../../semantics/checks.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import { PYTHON_WORD_CALLEES, programText, shellCommand } from '../../semantics/taint/sinks/commands.ts'
import {
  type Source,
  sourceText,
  untrusted,
  untrustedHole,
  type Wanted,
} from '../../semantics/taint/untrusted.ts'
import { isHole, isPutTogether, textsOf } from '../../semantics/text-pieces.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { at, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isExamplePath } from '../support/test-code.ts'

export default defineRule({
  id: 'security/command-injection',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [78],
  concept: 'injection',
  impact: { likelihood: 'medium', cost: 'weeks' },
  callees: [
    ...[
      'system',
      'popen',
      'getoutput',
      'getstatusoutput',
      'create_subprocess_shell',
      'run',
      'call',
      'check_call',
    ],
    ...[
      'check_output',
      'Popen',
      'create_subprocess_exec',
      'exec',
      'execSync',
      'spawn',
      'spawnSync',
      'execFile',
    ],
    ...[
      'execFileSync',
      'execaCommand',
      'execaCommandSync',
      'command',
      'commandSync',
      'execAsync',
      'arg',
      'args',
    ],
    ...['execPromise', 'run_command', ...PYTHON_WORD_CALLEES],
  ],

  check: {
    *Call(node, file) {
      const command = shellCommand(file, node)
      const program = command ? undefined : programText(file, node)
      const read = command ?? program
      if (!read || file.constant(read)) return
      const source = program ? untrusted(file, program, STRANGER) : commandSource(file, read)
      if (!source) return
      yield {
        at: read,
        data: {
          value: sourceText(source),
          isStranger: source.origin === 'request',
          isProgram: program !== undefined,
        },
        ...(read.contains(source.at) ? {} : { related: [source.at] }),
      }
    },
  },

  explain: {
    en: ({ value, isStranger, isProgram }) => ({
      message: isProgram
        ? `\`${value}\` decides which program is started`
        : `\`${value}\` becomes part of a shell command`,
      why: isProgram
        ? 'Whoever sends it can start any program of this machine, with the rights of the server.'
        : isStranger
          ? 'The shell reads it as code: a `;`, a `|` or a `$(…)` in it starts any program that whoever sends it wants.'
          : 'The shell reads it as code: a `;`, a `|` or a `$(…)` in it starts another program, and a plain blank already breaks the command.',
      remedy: isProgram
        ? 'Write the program into the code, or choose it from a table, and pass what was sent as an argument of its own.'
        : 'Start the program without a shell and pass its arguments as a list, or quote the value for the shell.',
    }),
    es: ({ value, isStranger, isProgram }) => ({
      message: isProgram
        ? `\`${value}\` decide qué programa se ejecuta`
        : `\`${value}\` pasa a formar parte de un comando de shell`,
      why: isProgram
        ? 'Quien lo envía puede ejecutar cualquier programa de esta máquina con los permisos del servidor.'
        : isStranger
          ? 'La shell lo lee como código: un `;`, un `|` o un `$(…)` dentro arranca el programa que quiera quien lo envía.'
          : 'La shell lo lee como código: un `;`, un `|` o un `$(…)` dentro arranca otro programa, y un simple espacio ya rompe el comando.',
      remedy: isProgram
        ? 'Escribe el programa en el código o elígelo de una tabla, y pasa lo recibido como un argumento aparte.'
        : 'Ejecuta el programa sin shell y pásale los argumentos como lista, o entrecomilla el valor para la shell.',
    }),
  },

  examples: {
    invalid: [
      py`
        import os
        from flask import request

        @app.route("/ping")
        def ping():
            host = request.args.get("host")
            os.system(«f"ping -c 1 {host}"»)
      `,
      py`
        import subprocess

        def convert(path):
            subprocess.run(«"convert %s out.png" % path», shell=True)
      `,
      py`
        import os
        from flask import request

        @app.route("/logs/<name>")
        def logs(name):
            os.execl("/bin/sh", "sh", "-c", «"tail " + name»)
      `,
      py`
        import os
        from flask import request

        @app.post("/start")
        def start():
            os.spawnlp(os.P_NOWAIT, «request.form["tool"]», "tool")
      `,
      py`
        import asyncio
        from flask import request

        async def listing():
            loop = asyncio.get_running_loop()
            await loop.subprocess_shell(Listing, «f"ls {request.args['folder']}"»)
      `,
      py`
        import subprocess
        def lambda_handler(event, context):
            return subprocess.run(«"convert " + event["name"]», shell=True)
      `,
      py`
        import subprocess
        from flask import request

        @app.post("/tools")
        def tools():
            words = request.json["words"]
            subprocess.call([«words[0]», words[1], "--quiet"])
      `,
      js`
        const { spawn } = require('child_process')
        app.post('/tools', (req, res) => { spawn(«req.body.tool», ['--version']).stdout.pipe(res) })
      `,
      py`
        import subprocess as sp
        name = input()
        sp.check_output(«"host " + name», shell=True)
      `,
      py`
        import asyncio
        async def clone(url: str):
            await asyncio.create_subprocess_shell(«"git clone " + url»)
      `,
      py`
        import subprocess
        def run(branch):
            subprocess.Popen(["bash", "-c", «"git checkout {}".format(branch)»])
      `,
      js`
        const { exec } = require('child_process')
        app.get('/lookup', (req, res) => {
          exec(«\`nslookup \${req.query.host}\`», (error, out) => res.send(out))
        })
      `,
      ts`
        import { execSync } from 'node:child_process'
        export function checkout(branch: string) {
          return execSync(«'git checkout ' + branch»)
        }
      `,
      ts`
        import { spawn } from 'child_process'
        export const build = (target: string) => spawn(«\`make \${target}\`», { shell: true })
      `,
      js`
        const cp = require('child_process')
        const run = command => cp.execSync(«command»)
        app.post('/', (req, res) => { run('zip -r out.zip ' + req.body.folder) })
      `,
      js`
        const { promisify } = require('util')
        const run = promisify(require('child_process').exec)
        exports.tag = async name => run(«\`git tag \${name}\`»)
      `,
      rs`
        use std::process::Command;
        pub fn archive(name: &str) {
            Command::new("sh").arg("-c").arg(«format!("tar czf {name}.tgz {}", name)»).status();
        }
      `,
      rs`
        use std::{env, process::Command};
        fn main() {
            let file = env::args().nth(1).unwrap();
            Command::new("bash").args(["-c", «&format!("cat {} | wc -l", file)»]).status();
        }
      `,
    ],
    valid: [
      py`
        import os, subprocess
        from flask import request

        @app.post("/ping")
        def ping():
            words = ["ping", request.form["host"]]
            subprocess.run("ping " + request.form["host"])
            subprocess.run(words + [request.form["count"]])
            subprocess.run(words)
            os.execv("/usr/bin/ping", ["ping", request.form["host"]])
            os.spawnlp(os.P_WAIT, "ping", "ping", request.form["host"])
      `,
      py`
        import subprocess
        from flask import request
        TOOLS = {"png": "pngcrush", "jpg": "jpegoptim"}

        @app.post("/shrink")
        def shrink():
            subprocess.run([TOOLS[request.form["kind"]], path])
      `,
      py`
        import subprocess
        def lambda_handler(event, context):
            for record in event["Records"]:
                subprocess.run(["convert", record["name"]])
      `,
      at(
        'scripts/release.mjs',
        js`import { execSync } from 'child_process'; execSync('git tag ' + process.argv[2])`,
      ),
      at(
        'bin/tags.js',
        js`
        import { execSync } from 'child_process'
        export const tagsLike = (pattern = 'v*') => execSync(\`git tag -l \${pattern}\`)
      `,
      ),
      // Whoever builds the documentation calls it with their own paths.
      at(
        'doc/build.py',
        py`
        def convert(source):
            os.system(f"rsvg-convert {source}")
      `,
      ),
      py`
        import os
        os.system("clear")
      `,
      py`
        import subprocess
        def convert(path):
            subprocess.run(["convert", path, "out.png"])
      `,
      py`
        import os, shlex
        def show(path):
            os.system(f"less {shlex.quote(path)}")
      `,
      py`
        import os
        def wait(seconds: int):
            os.system(f"sleep {seconds}")
      `,
      py`
        import os
        TOOLS = ("git", "hg")
        def version(tool):
            if tool not in TOOLS:
                raise ValueError(tool)
            os.system(f"{tool} --version")
      `,
      py`
        import os
        for name in ["a", "b"]:
            os.system(f"rm {name}")
      `,
      py`
        import subprocess
        def sh(command):
            return subprocess.run(command, shell=True)
      `,
      js`
        const { exec } = require('child_process')
        exec('git status')
        exec(process.argv[2])
      `,
      js`
        const { execFile } = require('child_process')
        app.get('/', (req, res) => { execFile('nslookup', [req.query.host]) })
      `,
      js`const match = /a(b)/.exec(\`x \${req.query.text}\`)`,
      js`
        const { execSync } = require('child_process')
        exports.bump = level => {
          if (!['major', 'minor'].includes(level)) throw new Error(level)
          execSync(\`npm version \${level}\`)
        }
      `,
      ts`
        import { execSync } from 'child_process'
        export function bump(level: 'major' | 'minor', port: number) {
          execSync(\`npm version \${level} --port \${port}\`)
        }
      `,
      ts`
        import { execSync } from 'child_process'
        function local(name: string) { execSync(\`mkdir \${name}\`) }
        local('build')
      `,
      ts`
        import { spawn } from 'child_process'
        export const build = (target: string) => spawn('make', [target])
      `,
      rs`
        use std::process::Command;
        pub fn archive(name: &str) { Command::new("tar").arg("czf").arg(format!("{name}.tgz")).status(); }
      `,
      rs`
        use std::process::Command;
        pub fn wait(seconds: u32) { Command::new("sh").arg("-c").arg(format!("sleep {seconds}")).status(); }
      `,
    ],
  },
})

const STRANGER: Wanted = { origins: ['request'] }

/**
 * Where a command comes from: all of it from a stranger, or, when it is put together here, a part of it from whoever
 * starts the program or calls the function. A function that is there to run whatever command it is given is left alone.
 */
function commandSource(file: SourceFile, command: SyntaxNode): Source | undefined {
  const stranger = untrusted(file, command, STRANGER)
  if (stranger || isRunByHand(file) || isCheckedHere(file, command)) return stranger
  for (const pieces of textsOf(file, command)) {
    if (!isPutTogether(pieces)) continue
    for (const piece of pieces) {
      const source = isHole(piece)
        ? untrustedHole(file, piece, command, { origins: ['user', 'caller'] })
        : undefined
      if (source) return source
    }
  }
  return undefined
}

/** Tests, examples and tools: whoever passes something to them sits at the shell already. */
function isRunByHand({ isTest, path }: SourceFile): boolean {
  return isTest || isExamplePath(path) || TOOLS.test(path)
}

const TOOLS =
  /(^|\/)\.?((?<!src\/)bin|extras?|scripts?|tools?|tooling|hack|ci|\.github|\.circleci|builds?|release|releasing|devtools?|tasks|xtask|maintenance)\//
