import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { folderLayer } from '../../src/rulebook/default-layers.js'
import { loadRulebook } from '../../src/rulebook/load-rulebook.js'
import type { Rulebook } from '../../src/rulebook/rulebook.js'
import { FACTS, RULE_SETS, randomConditions } from './workload.js'

const WORDS = { zh: '测试', en: 'benchmark' }
const [{ rules, seed }] = RULE_SETS

export const CITY = '990025'

/** A rulebook of 25 programmes of households, written to a folder and loaded from it. */
export function benchRulebook(folder: string): Rulebook {
  const write = (path: string, json: unknown) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), JSON.stringify(json))
  }
  write('facts.json', { facts: FACTS })
  write('interpretations.json', { interpretations: [] })
  write('documents.json', { documents: [document] })
  write('clauses/notice.json', { clauses: [clause] })
  write('bench/jurisdiction.json', { slug: 'bench', code: CITY, name: WORDS })
  randomConditions(rules, seed).forEach((conditions, index) => {
    const id = `bench/programme-${String.fromCharCode(97 + index)}`
    write(`${id}/programme.json`, { id, name: WORDS, subject: 'household', grants: WORDS })
    write(`${id}/2020-01-01.json`, {
      ...version,
      programme: id,
      conditions: { all: [conditions], clause: 'c1' },
    })
    write(`${id}/cases.json`, { cases: [anyCase] })
  })
  return loadRulebook({ layers: [folderLayer(folder)], drafts: true })
}

const document = {
  id: 'notice',
  title: WORDS,
  officialTitle: '测试',
  issuer: '测试',
  number: null,
  jurisdiction: CITY,
  origin: 'seed',
  signed: '2020-01-01',
  published: null,
  damage: [],
  file: null,
  sha256: null,
}

const clause = {
  id: 'c1',
  document: 'notice',
  locator: '1',
  title: WORDS,
  quote: null,
  text: WORDS,
  force: 'standard',
  origin: 'seed',
  evidence: 'official-text',
  commencement: '2020-01-01',
  status: 'encoded',
}

const version = {
  version: '2020-01-01',
  validFrom: '2020-01-01',
  validTo: null,
  publishedAt: null,
  supersedes: null,
  reviewBy: null,
  publishedBy: 'encoder-1',
  reviewedBy: 'reader-1',
  clauses: ['c1'],
  parameters: {},
  entitlement: { kind: 'service', clause: 'c1' },
  interpretations: [],
}

const anyCase = {
  name: 'a household of which nothing is known is asked',
  asOf: '2020-06-01',
  household: { members: [{ id: 'm1' }] },
  expect: { version: '2020-01-01' },
}
