import { Button, type ButtonProps } from 'antd';
import { useEffect, useRef } from 'react';
import './keys.css';

/** Runs `act` on a key anywhere on the page, also from within a field: for F-keys, Escape and Alt combinations. */
export function useShortcut(key: string, act: () => void, active = true): void {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    if (!active) return;
    const listen = (event: KeyboardEvent) => {
      if (event.key !== key || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      event.preventDefault();
      latest.current();
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, [key, active]);
}

type Props = Omit<ButtonProps, 'onClick'> & { readonly hotkey: string; readonly onPress: () => void };

/** A button that shows the key that presses it. */
export function KeyButton({ hotkey, onPress, children, disabled, loading, ...rest }: Props) {
  const able = !disabled && !loading;
  useShortcut(hotkey, onPress, able);
  return (
    <Button
      {...rest}
      disabled={disabled ?? false}
      loading={loading ?? false}
      onClick={onPress}
      aria-keyshortcuts={hotkey}
    >
      {children}
      <kbd className="key">{hotkey === 'Escape' ? 'Esc' : hotkey}</kbd>
    </Button>
  );
}
