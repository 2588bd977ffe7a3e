import * as Plot from '@observablehq/plot'
import { parseHTML } from 'linkedom'

/** One bar of a chart. */
export interface Bar {
  readonly name: string
  readonly value: number
  readonly series: string
}

/** What is used of an element: the server has no types of a browser. */
interface Drawn {
  readonly outerHTML: string
  setAttribute(name: string, value: string): void
}

/** Pixels left of the bars, of a width of letters, and of the space between. */
const [MARGIN, LETTER, GAP] = [300, 10, 20] as const

/** As much of a name as stands left of its bar: the table under the chart has all of it. */
function fitting(name: string): string {
  // A Chinese character is as wide as the type is high, others are about 0.6 of that.
  const widths = [...name].map((letter) => (letter > '\u2e7f' ? LETTER : LETTER * 0.6))
  let room = MARGIN - GAP
  const shown = [...name].filter((_, index) => {
    room -= widths[index] as number
    return room >= LETTER
  })
  return shown.length === widths.length ? name : `${shown.join('')}…`
}

const COLOURS = ['#1f6f4a', '#a4362a'] as const

/**
 * A chart of horizontal bars as SVG text, self-contained. `series` in the order of their colours;
 * values go left of the axis where they are below 0.
 */
export function barChart(
  bars: readonly Bar[],
  { label, series }: { readonly label: string; readonly series: readonly string[] },
): string {
  const { document } = parseHTML('<html><body></body></html>')
  const names = [...new Set(bars.map(({ name }) => name))]
  const plot: unknown = Plot.plot({
    document: document as never,
    width: 760,
    height: 60 + names.length * 28,
    marginLeft: MARGIN,
    x: { label, grid: true },
    y: { label: null, domain: names, tickFormat: fitting },
    color: { domain: [...series], range: [...COLOURS] },
    marks: [Plot.barX(bars as Bar[], { x: 'value', y: 'name', fill: 'series' }), Plot.ruleX([0])],
  })
  const chart = plot as Drawn
  chart.setAttribute('role', 'img')
  chart.setAttribute('aria-label', label)
  return chart.outerHTML
}
