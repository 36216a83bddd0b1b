import { ActionIcon, useMantineColorScheme } from '@mantine/core';
import { Icon } from '@/shared/Icon';

const NEXT = { auto: 'light', light: 'dark', dark: 'auto' } as const;
const NAMES = { auto: 'as the system', light: 'light', dark: 'dark' } as const;
const ICONS = { auto: 'auto', light: 'sun', dark: 'moon' } as const;

export function SchemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const next = NEXT[colorScheme];
  const label = `Colours: ${NAMES[colorScheme]}. Switch to ${NAMES[next]}`;
  return (
    <ActionIcon variant="subtle" color="gray" aria-label={label} title={label} onClick={() => setColorScheme(next)}>
      <Icon name={ICONS[colorScheme]} size={17} />
    </ActionIcon>
  );
}
