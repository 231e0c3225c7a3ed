import './styles';

/** The one door to the UI kit: features take components from here and never from Mantine itself. */
export {
  ActionIcon,
  Alert,
  Anchor,
  Autocomplete,
  Avatar,
  Badge,
  Box,
  Burger,
  Button,
  Center,
  Checkbox,
  CloseButton,
  Code,
  CopyButton,
  Divider,
  Drawer,
  Fieldset,
  FileButton,
  Flex,
  Group,
  Indicator,
  Kbd,
  List,
  Loader,
  Menu,
  Modal,
  MultiSelect,
  NativeSelect,
  NumberInput,
  Pagination,
  Paper,
  Popover,
  Progress,
  Radio,
  ScrollArea,
  SegmentedControl,
  Select,
  SimpleGrid,
  Skeleton,
  Slider,
  Stack,
  Switch,
  Table,
  Tabs,
  Text,
  Textarea,
  TextInput,
  Title,
  Tooltip,
  UnstyledButton,
  VisuallyHidden,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
export { useDebouncedValue, useDisclosure, useHotkeys, useMediaQuery, useReducedMotion } from '@mantine/hooks';
export { ErrorPage, NotFoundPage, PageLoader } from './pages';
export { ErrorCode, errorHref } from './ErrorCode';
export { ErrorNotice } from './ErrorNotice';
export { wordsOf, type ErrorWords } from './errorWords';
export { useTitle } from './useTitle';
export { ConfirmButton } from './Confirm';
export { CopyField } from './CopyField';
export { DataTable, NothingFound, type Column } from './DataTable';
export { EmptyState, Page, Section, TextLink } from './Page';
export { SearchField } from './SearchField';
export { toast } from './toast';
export { ButtonLink } from './ButtonLink';
export { Filters } from './Filters';
export { Facts } from './Facts';
export { DraftNotice } from './DraftNotice';
export { JoinByCode } from './JoinByCode';
export { Paragraphs } from './Paragraphs';
export { isNotEmpty, useForm } from '@mantine/form';
export { QrCode } from './QrCode';
export { PasswordInput } from './PasswordInput';
