import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'tap'
import { checkQuotes } from '../../src/rulebook/check-quotes.js'
import type { Parts } from '../../src/rulebook/parts.js'
import { defectLine } from '../../src/rulebook/rulebook.js'

const TEXT = '第一条 总则\n  第二条 标准为每月 620 元。  \n第三条 自发布之日起施行'
const SHA256 = createHash('sha256').update(TEXT).digest('hex')

test('a quotation is shown in its paragraph, exactly as in the file', async (t) => {
  const sources = t.testdir()
  writeFileSync(join(sources, 'notice.txt'), TEXT)
  const look = (clause: object, document: object = {}) => {
    const of = { id: 'notice', file: 'notice.txt', sha256: SHA256, ...document }
    const parts = {
      documents: [{ value: of, from: { file: 'documents.json' }, pointer: '/documents/0' }],
      clauses: [
        {
          value: { id: 'a', document: 'notice', ...clause },
          from: { file: 'clauses.json' },
          pointer: '/clauses/0',
        },
      ],
    }
    const { paragraphs, defects } = checkQuotes(parts as unknown as Parts, sources)
    return [paragraphs.get('a'), defects.map(defectLine)]
  }
  t.strictSame(look({ quote: '每月 620 元' }), ['第二条 标准为每月 620 元。', []])
  t.strictSame(look({ quote: '第一条' }), ['第一条 总则', []], 'at the very start')
  t.strictSame(look({ quote: '施行' }), ['第三条 自发布之日起施行', []], 'at the very end')
  t.strictSame(look({ quote: '每月 630 元' }), [
    undefined,
    ['clauses.json /clauses/0/quote: the quotation is not in document notice'],
  ])
  t.strictSame(look({ quote: null }), [undefined, []], 'nothing is quoted')
  t.strictSame(look({ quote: '第一条', document: 'other' }), [undefined, []], 'not read here')
  t.strictSame(look({ quote: '第一条' }, { file: null }), [undefined, []], 'of no file')
  t.strictSame(look({ quote: '第一条' }, { sha256: null }), ['第一条 总则', []])
  t.strictSame(look({ quote: '第一条' }, { sha256: 'ab' }), [
    '第一条 总则',
    ['documents.json /documents/0/sha256: notice.txt is not the file that was read'],
  ])
  t.strictSame(look({ quote: '第一条' }, { file: 'gone.txt' }), [
    undefined,
    ['documents.json /documents/0/file: SOURCES_DIR has no file gone.txt'],
  ])
})
