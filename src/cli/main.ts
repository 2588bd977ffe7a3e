#!/usr/bin/env node
import { huimin } from './huimin.js'
import { processIo } from './io.js'

// A reader that stops early, such as head, is no fault.
process.stdout.on('error', () => process.exit(0))
process.exitCode = await huimin(process.argv.slice(2), processIo())
