import { deepStrictEqual, equal } from 'node:assert'
import fc from 'fast-check'
import { type Test, test } from 'tap'
import { Problem } from '../../src/model/errors.js'
import { readJson } from '../../src/model/read-json.js'

const read = (text: string | Uint8Array) => readJson(Buffer.from(text as string))

/** The problem that reading ends in. */
const faultOf = (text: string | Uint8Array): Problem => {
  try {
    read(text)
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  throw new Error('no fault was found')
}

const refuses = (t: Test, text: string | Uint8Array, code: string, pointer?: string) => {
  const { code: found, faults } = faultOf(text)
  t.equal(found, code, `${String(text).slice(0, 40)} is ${code}`)
  if (pointer !== undefined) t.equal(faults[0]?.pointer, pointer, pointer)
}

test('whatever JSON.stringify writes is read as JSON.parse reads it', async (t) => {
  const space = fc.constantFrom('', ' ', '\n', '\t', ' \r\n ')
  fc.assert(
    fc.property(fc.jsonValue({ depthSize: 'medium' }), space, (value, indent) => {
      const text = indent + JSON.stringify(value, null, indent) + indent
      deepStrictEqual(read(text), JSON.parse(text))
    }),
  )
  t.pass('they agree')
})

test('a text that JSON.parse refuses is refused, one that it reads is read', async (t) => {
  const pieces = fc.constantFrom(
    ...[
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"b\\n"',
      '"\\u0041"',
      '1',
      '-0.5e+3',
      '01',
      '+1',
      '.5',
    ],
    ...[
      'true',
      'nul',
      'NaN',
      ' ',
      '\n',
      '"',
      '\\',
      '\u0000',
      "'a'",
      '//',
      '1.',
      '1e',
      '-',
      '\u00a0',
    ],
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 7 }), (chosen) => {
      const text = chosen.join('')
      if (isJson(text)) deepStrictEqual(read(text), JSON.parse(text), text)
      else equal(faultOf(text).code, 'malformed-json', text)
    }),
    { numRuns: 3000 },
  )
  t.pass('they agree')
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

test('a key that stands twice in one object is named by its pointer', async (t) => {
  refuses(t, '{"a":1,"a":2}', 'duplicate-key', '/a')
  refuses(t, '{"a":1,"\\u0061":2}', 'duplicate-key', '/a')
  t.match(faultOf('{"a":1,"a":2}').faults, [{ message: { zh: '重复的键', en: 'repeats a key' } }])
  refuses(t, '{"a":"\\":","a":":"}', 'duplicate-key', '/a')
  refuses(t, '{"a":"\\"","a":1}', 'duplicate-key', '/a')
  refuses(t, '{"a":"\\\\","a":1}', 'duplicate-key', '/a')
  refuses(t, '{"a":"\\\\","a":":"}', 'duplicate-key', '/a')
  t.strictSame(read('{"a":"\\":\\"","b":"\\\\"}'), { a: '":"', b: '\\' })
  refuses(
    t,
    '{"h":{"members":[{"id":"a"},{"id":"b","x":1,"x":1}]}}',
    'duplicate-key',
    '/h/members/1/x',
  )
  refuses(t, '{"a/b":{"~":{},"~":{}}}', 'duplicate-key', '/a~1b/~0')
  refuses(t, '{"__proto__":1,"__proto__":2}', 'duplicate-key', '/__proto__')
  t.strictSame(read('[{"a":{"a":[{"a":1}]}},{"a":2}]'), [{ a: { a: [{ a: 1 }] } }, { a: 2 }])
})

test('malformed JSON is answered with the position, never with the content', async (t) => {
  const { faults } = faultOf('{"household":{"monthlyIncomeTotal": 61O}}')
  const message = { zh: '第 38 个字符处不是有效的 JSON', en: 'is not JSON at character 38' }
  t.strictSame(faults, [{ pointer: '/household', code: 'malformed-json', message }])
  t.match(faultOf('{\n  "a": 1,\n}').faults, [
    {
      message: {
        zh: '第 3 行第 1 个字符处不是有效的 JSON',
        en: 'is not JSON at line 3, character 1',
      },
    },
  ])
  t.match(faultOf('\n{"a" 1}').faults, [{ message: { en: 'is not JSON at line 2, character 6' } }])
  for (const text of [
    '',
    ' ',
    '{',
    '[',
    '{"a"',
    '{"a":',
    '{"a":1',
    '{"a":1,}',
    '[1,]',
    '[1 2]',
    '{a:1}',
  ]) {
    refuses(t, text, 'malformed-json')
  }
  for (const text of [
    '"',
    '"\\',
    '"\\x"',
    '"\\u12"',
    '"a\nb"',
    '"\u0000"',
    '1 2',
    '{"a":1}}',
    '[1}',
    '{"a" 1}',
  ]) {
    refuses(t, text, 'malformed-json')
  }
})

test('absurd nesting is refused without reaching the end of the stack', async (t) => {
  for (const text of [
    '['.repeat(500_000),
    '{"a":'.repeat(100_000),
    `${'['.repeat(65)}${']'.repeat(65)}`,
  ]) {
    const { code, faults } = faultOf(text)
    t.equal(code, 'malformed-json')
    t.match(faults[0]?.message, { zh: /嵌套过深/, en: /nested too deeply/ })
  }
  t.ok(read(`${'['.repeat(64)}${']'.repeat(64)}`))
})

test('bytes that are not clean UTF-8 are refused', async (t) => {
  refuses(t, Uint8Array.of(0x22, 0xff, 0x22), 'not-utf8')
  refuses(t, Uint8Array.of(0x22, 0xed, 0xa0, 0x80, 0x22), 'not-utf8')
  refuses(t, Uint8Array.of(0x22, 0xc0, 0x80, 0x22), 'not-utf8')
  refuses(t, Uint8Array.of(0x22, 0xb6, 0xab, 0xdd, 0xb8, 0x22), 'not-utf8')
  refuses(t, '\uFEFF{}', 'not-utf8')
  refuses(t, '{"a":["\\ud800"]}', 'not-utf8', '/a/0')
  refuses(t, '{"\\udc00":1}', 'not-utf8', '')
  t.match(faultOf('["\\udc00"]').faults, [
    { message: { zh: '含有不成对的代理字符', en: 'holds a lone surrogate' } },
  ])
  t.equal(read('"东莞 \\ud83d\\ude00 😀"'), '东莞 😀 😀')
})

test('numbers beside an escape are read like any others', async (t) => {
  t.strictSame(read('["\\u0041",1e5,1E-2,-0.5e+3,120.125,1e21]'), [
    'A',
    100_000,
    0.01,
    -500,
    120.125,
    1e21,
  ])
})

test('beside an escape empty lists, empty objects and every space are read', async (t) => {
  t.strictSame(read('["\\u0041",[],{},[ ],{\r\n}]'), ['A', [], {}, [], {}])
  t.strictSame(read('\t{"\\u0041"\r:\n1 }\r'), { A: 1 })
})

test('keys of the prototype are keys like any other', async (t) => {
  const value = read('{"__proto__":{"admin":true},"constructor":1}') as object
  t.strictSame(Object.keys(value), ['__proto__', 'constructor'])
  t.equal(Object.getPrototypeOf(value), Object.prototype)
  t.equal(({} as { admin?: boolean }).admin, undefined)
})
