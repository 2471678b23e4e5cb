'use client';

import type { ReactNode } from 'react';
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  type MenuItemProps,
  type MenuProps,
  MenuTrigger,
  Popover,
} from 'react-aria-components';
import styles from './menu.module.css';

/** A button that opens a list of things to do or to choose. */
export function Menu<Item extends object>({
  trigger,
  children,
  ...rest
}: MenuProps<Item> & { trigger: ReactNode; children: ReactNode }) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover className={styles.popover}>
        <AriaMenu {...rest} className={styles.menu}>
          {children}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

export function MenuItem(props: Omit<MenuItemProps, 'className'>) {
  return <AriaMenuItem {...props} className={styles.item} />;
}
