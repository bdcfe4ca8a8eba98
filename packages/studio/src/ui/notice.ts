import { notifications } from '@mantine/notifications';

/** Says briefly that something worked. */
export const saySaved = (message: string): void => {
  notifications.show({ message, color: 'green' });
};

/** Says that something went wrong that no place of the page can show. */
export const sayFailed = (message: string): void => {
  notifications.show({ message, color: 'red', autoClose: 10_000 });
};
