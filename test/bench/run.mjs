// Compiles the benchmarks together with the sources they measure, then runs them.
import { spawnSync } from 'node:child_process'

const run = (command, args) => spawnSync(command, args, { stdio: 'inherit' }).status ?? 1

const compiled = run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'test/bench'])
process.exitCode = compiled || run(process.execPath, ['--expose-gc', '.bench/test/bench/main.js'])
