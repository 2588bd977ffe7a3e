// Runs every check of the project and ends with one line: `N passed, M failed`.
// Each step before the tests counts as one; the tests count their assertions.
// Arguments go to tap, and then only the tests run.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

const STEPS = [
  ['lint', 'npm run -s lint'],
  ['build', 'npm run -s build'],
  ['types', 'npm run -s typecheck'],
  ['layers', 'npm run -s layers'],
]
const TAP = 'tap --reporter=tap --no-color "$@"'
const strict = process.env.CI === 'true'
const sum = { passed: 0, failed: 0 }

const toTap = process.argv.slice(2)
if (toTap.length === 0) await Promise.all(STEPS.map(runStep))
await runTests()
console.log(`${sum.passed} passed, ${sum.failed} failed`)
process.exitCode = sum.failed > 0 ? 1 : 0

/** None of the steps reads what another makes: they run beside each other. */
async function runStep([name, command]) {
  const { code } = await run(command)
  console.log(`${code === 0 ? 'ok' : 'not ok'} - ${name}`)
  sum[code === 0 ? 'passed' : 'failed'] += 1
}

/** Runs tap, prints one line per file and every failure in full, and adds its totals. */
async function runTests() {
  const report = reader()
  const { code } = await run(TAP, report.line, toTap)
  const { total = 0, pass = 0, fail = 0, skip = 0, todo = 0 } = report.totals
  const untested = skip + todo
  sum.passed += pass
  sum.failed += fail + (strict ? untested : 0)
  for (const reason of report.skipped) console.log(`skipped - ${reason}`)
  if (untested > 0 && strict) console.log(`not ok - ${untested} skipped, and CI=true allows none`)
  for (const file of report.uncovered) console.log(`not ok - ${file} is not covered in full`)
  sum.failed += report.uncovered.length
  if (total > 0 && (code === 0 || fail > 0 || report.uncovered.length > 0)) return
  // No assertion failed, yet the run did: nothing ran, or a crash.
  console.log(`not ok - ${total === 0 ? 'no test ran' : 'tap failed: a crash, see above'}`)
  sum.failed += 1
}

/** Reads TAP: files stand at column 0, what they asserted is indented under them. */
function reader() {
  const report = { totals: {}, skipped: new Set(), uncovered: [], line }
  let folder = ''
  let inside = []
  let showing = false
  return report

  function line(text) {
    const reason = /^\s*ok .* # SKIP (.+)$/i.exec(text)?.[1]
    if (reason) report.skipped.add(reason.replace(/ # time=.*$/, ''))
    if (isCoverageRow(text)) {
      const [, indent, name] = /^( *)(\S+)/.exec(text) ?? []
      if (indent === ' ') folder = name
      if (indent === '  ') report.uncovered.push(`${folder}/${name}`)
      return console.log(text)
    }
    if (/^\s/.test(text)) return showing ? console.log(text) : inside.push(text)
    if (text.startsWith('# {')) report.totals = totalsOf(text)
    showing = text.startsWith('not ok')
    if (showing) console.log(inside.filter((each) => !/^\s+ok \d/.test(each)).join('\n'))
    if (/^(not )?ok|^# {|^#.*cover/i.test(text)) console.log(text)
    inside = []
  }
}

function isCoverageRow(text) {
  return /^ ?-+\|-|^( *\S+ *| *File *|All files *)\|( +[\d.%]+ \w* *\|){4}/.test(text)
}

/** `# { total: 3, pass: 2, fail: 1 }` as an object. */
function totalsOf(text) {
  const pairs = [...text.matchAll(/(\w+): (\d+)/g)]
  return Object.fromEntries(pairs.map(([, name, count]) => [name, Number(count)]))
}

/** Runs a command, `"$@"` being the arguments; its output goes to `onLine` or straight to ours. */
function run(command, onLine, args = []) {
  const stdio = ['ignore', onLine ? 'pipe' : 'inherit', 'inherit']
  const child = spawn('sh', ['-c', command, 'sh', ...args], { stdio })
  if (onLine) createInterface({ input: child.stdout }).on('line', onLine)
  return new Promise((resolve) => child.on('close', (code) => resolve({ code })))
}
