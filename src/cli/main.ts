#!/usr/bin/env node
import { huimin } from './huimin.js'
import { processIo } from './io.js'
import { standardOutput } from './standard-output.js'

const output = standardOutput()
process.on('exit', (code) => {
  const fault = output.fault()
  // A reader that stops early, such as head, is no fault.
  if (fault === undefined || fault.code === 'EPIPE') return
  process.stderr.write(`cannot write to standard output: ${fault.message}\n`)
  process.exitCode = code || 2
})
// What cannot be said there, the exit code says.
process.stderr.on('error', () => {})
process.exitCode = await huimin(process.argv.slice(2), processIo(output))
