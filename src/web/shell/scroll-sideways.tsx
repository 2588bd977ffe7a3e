/** Holds what may be wider than the page, such as a table; reached and scrolled by keyboard. */
export function ScrollSideways({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className="table-wrap" aria-label={label} tabIndex={0}>
      {children}
    </section>
  )
}
