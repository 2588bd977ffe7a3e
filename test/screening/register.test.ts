import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'tap'
import { makeRegister } from '../../src/screening/register/make-register.js'
import { shippedRulebook } from '../support/shipped-rulebook.js'

test('a model may know one size, one code and one line of ages', async (t) => {
  const out = t.testdir()
  const all = { unknown: 0 } as const
  const { files, members } = await makeRegister({
    ...{ households: 50, seed: 1, format: 'ndjson', out, asOf: '2020-06-01' },
    dictionary: shippedRulebook().dictionary,
    model: {
      note: '',
      sizes: { '2': 1 },
      facts: [
        { ...all, kind: 'codes', fact: 'member.sex', shares: { '2': 1 } },
        { ...all, kind: 'set', fact: 'member.disabilityCategory', empty: 0, shares: { visual: 1 } },
        {
          ...all,
          kind: 'birth',
          fact: 'member.dateOfBirth',
          positions: [
            [
              [0, 20],
              [1, 30],
            ],
          ],
        },
      ],
    },
  })
  t.strictSame([files, members], [[join(out, 'households.ndjson')], 100])
  const lines = readFileSync(files[0] as string, 'utf8')
    .trim()
    .split('\n')
  const people = lines.flatMap((line) => JSON.parse(line).household.members)
  t.equal(people.length, 100)
  for (const { sex, disabilityCategory, dateOfBirth } of people) {
    t.strictSame([sex, disabilityCategory], ['2', ['visual']])
    t.ok(dateOfBirth > '1990-05-01' && dateOfBirth <= '2000-06-02', dateOfBirth)
  }
})
