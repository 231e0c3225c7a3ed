import { useEffect } from 'react';

/**
 * The page itself during the call. The lights are out, whatever theme the person reads in: dialogs and menus, which
 * live outside of the call's own element, follow the attribute on the page. And nothing scrolls: the place that every
 * page keeps for a scroll bar is the call's too. Afterwards both are as before.
 */
export function useCallPage(): void {
  useEffect(() => {
    const page = document.documentElement;
    const name = 'data-mantine-color-scheme';
    const before = page.getAttribute(name);
    const darken = () => {
      if (page.getAttribute(name) !== 'dark') page.setAttribute(name, 'dark');
    };
    darken();
    page.style.overflow = 'hidden';
    const observer = new MutationObserver(darken);
    observer.observe(page, { attributes: true, attributeFilter: [name] });
    return () => {
      observer.disconnect();
      page.style.overflow = '';
      if (before) page.setAttribute(name, before);
    };
  }, []);
}
