'use client';

import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps } from 'react-aria-components';
import styles from './button.module.css';

export type Tone = 'plain' | 'main' | 'danger' | 'quiet';

/** A button: `main` for what a page is for (once a page), `danger` for what destroys, `quiet` inside of rows. */
export function Button({
  tone = 'plain',
  icon,
  children,
  ...rest
}: Omit<ButtonProps, 'className' | 'style' | 'children'> & {
  tone?: Tone;
  icon?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <AriaButton {...rest} className={`${styles.button} ${styles[tone]}`}>
      {icon}
      {children}
    </AriaButton>
  );
}
