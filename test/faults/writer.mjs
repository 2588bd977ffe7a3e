// A service without its web server: opens a ledger and lets 8 writers record decisions until it is
// killed. Prints one line for each decision that was acknowledged: its receipt as JSON.
import { writeSync } from 'node:fs'
import { openLedger } from '../../dist/ledger/open-ledger.js'
import { recordDecision } from '../../dist/ledger/record-decision.js'
import { loadRulebook } from '../../dist/rulebook/load-rulebook.js'

const WRITERS = 8
const [place, name] = process.argv.slice(2)
const base = new URL('../fixtures/rulebooks/good/base', import.meta.url).pathname
const rulebook = loadRulebook({ layers: [{ rules: `${base}/rules`, seeds: `${base}/seeds` }] })
const ledger = await openLedger(JSON.parse(place), () => new Date())
writeSync(1, 'ready\n')

async function write(writer) {
  for (let count = 0; ; count += 1) {
    const json = {
      asOf: '2020-06-01',
      jurisdiction: '990001',
      programmes: ['town/living'],
      caseReference: `case-${writer}`,
      purpose: 'test',
      household: { hukouCode: '990001', income: count, members: [{ id: 'm1' }] },
    }
    const idempotencyKey = `${name}-${writer}-${count}`
    const submission = { json, idempotencyKey, actor: 'w', office: 'north', language: 'en' }
    const { decision } = await recordDecision(ledger, rulebook, submission, new Date())
    // At once and whole: what stands in a buffer when the process dies was never said.
    writeSync(1, `${JSON.stringify(decision.receipt)}\n`)
  }
}

await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)))
