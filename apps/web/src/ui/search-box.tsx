'use client';

import { type ReactNode, useEffect, useState } from 'react';
import { ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import fieldStyles from './fields.module.css';
import menuStyles from './menu.module.css';

export interface Found {
  readonly id: string;
  readonly name: string;
}

/** A field that offers what is found for the typed text; what is chosen leaves the field. */
export function SearchBox<Item extends Found>({
  label,
  text,
  items,
  empty,
  isDisabled = false,
  onText,
  onChoose,
  children,
}: {
  label: string;
  text: string;
  /** Found for the text, by whoever asks for it. */
  items: readonly Item[];
  /** Stands in the list when there is nothing to choose. */
  empty: string;
  isDisabled?: boolean;
  onText: (text: string) => void;
  onChoose: (item: Item) => void;
  children: (item: Item) => ReactNode;
}) {
  // Chosen for a moment: that closes the list.
  const [chosen, setChosen] = useState<string | null>(null);
  useEffect(() => {
    if (chosen !== null) setChosen(null);
  }, [chosen]);
  return (
    <ComboBox
      className={fieldStyles.field}
      menuTrigger="focus"
      allowsEmptyCollection
      isDisabled={isDisabled}
      items={items}
      inputValue={text}
      value={chosen}
      onInputChange={onText}
      onChange={(key) => {
        const item = items.find(({ id }) => id === key);
        if (item === undefined) return;
        setChosen(item.id);
        onChoose(item);
        onText('');
      }}
    >
      <Label className={fieldStyles.label}>{label}</Label>
      <Input />
      <Popover className={menuStyles.popover}>
        <ListBox
          className={menuStyles.menu}
          renderEmptyState={() => <span className={fieldStyles.hint}>{empty}</span>}
        >
          {(item: Item) => (
            <ListBoxItem id={item.id} textValue={item.name} className={menuStyles.item}>
              {children(item)}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
