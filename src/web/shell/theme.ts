import { createTheme } from '@mantine/core'

/** Dark enough that white on it, and it on white, both read at 7:1. */
const PINE = [
  '#e6f4f6',
  '#cfe6ea',
  '#9fccd4',
  '#6bb1bd',
  '#429aa9',
  '#278b9c',
  '#127889',
  '#0b5c6b',
  '#094b58',
  '#063a44',
] as const

/** Colours, type and sizes of the pages; type sizes are in rem, so that large type enlarges all. */
export const theme = createTheme({
  colors: { pine: PINE },
  primaryColor: 'pine',
  primaryShade: 7,
  autoContrast: true,
  defaultRadius: 'sm',
  fontFamily:
    '"Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif',
  lineHeights: { xs: '1.5', sm: '1.55', md: '1.6', lg: '1.65', xl: '1.7' },
  focusRing: 'always',
})
