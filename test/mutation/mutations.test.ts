import { readFileSync } from 'node:fs'
import { test } from 'tap'

interface Mutation {
  readonly what: string
  readonly file: string
  readonly from: string
}

const list = new URL('mutations.mjs', import.meta.url)
const { MUTATIONS } = (await import(list.href)) as {
  MUTATIONS: Readonly<Record<string, readonly Mutation[]>>
}

test('every mutation by hand still has its place in the code', async (t) => {
  for (const [area, mutations] of Object.entries(MUTATIONS)) {
    t.ok(mutations.length >= 10, area)
    for (const { what, file, from } of mutations) {
      const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
      t.equal(text.split(from).length, 2, `${area}: ${what}`)
    }
  }
})
