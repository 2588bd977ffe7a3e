import t from 'tap'
import { z } from 'zod'
import { formatWords } from '../../src/rulebook/format-words.js'

/** What is said of a value that does not fit a format. */
function said(format: z.ZodType, value: unknown): string {
  const found = format.safeParse(value, { reportInput: true })
  return (found.error?.issues ?? []).map(formatWords).join(' / ')
}

t.test('what must stand where a value does not fit is said in plain words', async (t) => {
  const text = z.string()
  const cases: readonly (readonly [z.ZodType, unknown, string])[] = [
    [text, undefined, 'is missing'],
    [text, 5, 'must be text in quotes'],
    [z.number(), '5', 'must be a number'],
    [z.number(), Number.POSITIVE_INFINITY, 'is too large a number'],
    [z.int(), 1.5, 'must be a whole number'],
    [z.boolean(), 'yes', 'must be true or false'],
    [z.array(text), 'a', 'must be a list'],
    [z.tuple([text]), 'a', 'must be a list'],
    [z.strictObject({}), [], 'must be an object in braces'],
    [z.record(text, text), 'a', 'must be an object in braces'],
    [z.literal('a'), 'b', 'must be a'],
    [z.enum(['a', 'b']), 'c', 'must be a or b'],
    [z.enum(['a', 'b', 'c']), 'd', 'must be a, b or c'],
    [z.union([z.number(), text]), true, 'must be a number, or must be text in quotes'],
    [text.min(1), '', 'is empty'],
    [z.array(text).min(2), ['a'], 'must list at least 2'],
    [z.array(text).max(1), ['a', 'b'], 'must list at most 1'],
    [z.number().min(3), 2, 'must be 3 or more'],
    [z.number().positive(), 0, 'must be above 0'],
    [text.regex(/^a$/, 'is no a'), 'b', 'is no a'],
    [
      z.record(z.string().regex(/^a$/, 'is no a').min(2, 'is short'), text),
      { b: '' },
      'is no a; is empty',
    ],
  ]
  for (const [format, value, words] of cases) t.equal(said(format, value), words)
  const kinds = z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('cash') }),
    z.strictObject({ kind: z.literal('rate') }),
  ])
  t.equal(said(kinds, { kind: 'gift' }), 'must be cash or rate')
})
