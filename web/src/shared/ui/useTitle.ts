import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';

/** The title of the window or tab: the page's, then the product's. */
export function useTitle(title: string): void {
  const { t } = useTranslation('shared');
  const product = t('product');
  useEffect(() => {
    document.title = title ? `${title} · ${product}` : product;
  }, [title, product]);
}
